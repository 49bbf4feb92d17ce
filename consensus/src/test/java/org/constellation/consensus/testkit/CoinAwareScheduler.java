package org.constellation.consensus.testkit;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Vote;
import org.constellation.consensus.agreement.AgreementMessage;
import org.constellation.consensus.agreement.AgreementMessage.Aux;
import org.constellation.consensus.agreement.AgreementMessage.BVal;
import org.constellation.consensus.agreement.AgreementMessage.Coin;
import org.constellation.consensus.agreement.AgreementMessage.Conf;
import org.constellation.consensus.agreement.AgreementMessage.Term;
import org.constellation.consensus.coin.CoinScope;

/**
 * A scheduler that reads all votes and knows all coins. It keeps from some members what agrees with
 * the coin and from the others what does not, so that estimates stay split as long as can be, and
 * holds TERM back.
 *
 * @param base how long anything travels at least
 * @param votes takes the votes out of a packet
 * @param against the members that shall see what the coin will not show first
 * @param delay how much longer in milliseconds
 * @param <P> what travels
 */
public record CoinAwareScheduler<P>(
    Scheduler<? super P> base,
    Function<P, List<Vote>> votes,
    Coins coins,
    CoinScope scope,
    MemberSet against,
    int delay)
    implements Scheduler<P> {

  /** One over some weather, against members drawn at random. */
  static CoinAwareScheduler<Packet> draw(
      Roster roster, Weather weather, Coins coins, CoinScope scope, SplittableRandom random) {
    return new CoinAwareScheduler<>(
        weather,
        Packet::votes,
        coins,
        scope,
        Draw.members(roster, random, 50),
        2 * weather.delayMax());
  }

  @Override
  public long delay(MemberIndex from, MemberIndex to, P packet, long now) {
    var extra = votes.apply(packet).stream().mapToLong(vote -> holdBack(vote, to)).max().orElse(0);
    return base.delay(from, to, packet, now) + extra;
  }

  private long holdBack(Vote vote, MemberIndex to) {
    var instance = vote.slot().instance();
    return AgreementMessage.from(vote)
        .map(
            message ->
                switch (message) {
                  case BVal(var round, var value) -> unwelcome(round, instance, value, to);
                  case Aux(var round, var value) -> unwelcome(round, instance, value, to);
                  case Conf(var round, var values) ->
                      values.single().map(v -> unwelcome(round, instance, v, to)).orElse(0L);
                  case Coin _ -> 0L;
                  case Term _ -> 2L * delay;
                })
        .orElse(0L);
  }

  private long unwelcome(int round, int instance, boolean value, MemberIndex to) {
    var agrees = VoteTwists.coin(round, instance, coins, scope) == value;
    return agrees == against.contains(to) ? delay : 0;
  }
}
