package org.constellation.consensus.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.constellation.consensus.BinaryValues;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Roster;
import org.constellation.consensus.agreement.AgreementMessage;
import org.constellation.consensus.agreement.AgreementMessage.Aux;
import org.constellation.consensus.agreement.AgreementMessage.BVal;
import org.constellation.consensus.agreement.AgreementMessage.Coin;
import org.constellation.consensus.agreement.AgreementMessage.Conf;
import org.constellation.consensus.agreement.AgreementMessage.Term;
import org.constellation.consensus.coin.CoinScope;

/**
 * Byzantine members and a network of one mind, in one binary agreement. They keep the estimates
 * split, round after round: most members get to see both values and adopt the coin, and only when
 * it is known, the lone ones are shown the value that it did not show. In the last round in which
 * they speak, they turn round: the lone ones are helped to leave it early, having said one value
 * only, while the others are left with both. Whoever is left behind then needs the lone ones to
 * speak in a round that is past for them.
 *
 * <p>Every round has so many slots of time, and votes are held back until theirs:
 *
 * <pre>
 *      most members                          lone members
 *  1   BVAL of the value shown first
 *  4   BVAL of the other
 *  7   AUX, as both values are binding
 *      CONF and COIN at once, until slot 9
 * 10                                         BVAL of what the coin does not show
 * 11                                         AUX of it, from a quorum
 * 13                                         BVAL of what the coin shows
 * 14                                         CONF, COIN
 * 16                                         AUX of what the coin shows
 *
 *      and in the last round
 *  1   BVAL of the value shown first         BVAL of their own value
 *  4   BVAL of the other                     AUX of their own value, from a quorum
 *  8   AUX                                   BVAL and AUX of the other
 * </pre>
 *
 * <p>It is a plan and not a script: the weather still loses, reorders and repeats, members crash
 * and estimate what they like, so it often fails.
 *
 * @param weather how long anything travels at least
 * @param byzantine the conspirators, who hear everything as soon as the weather lets them
 * @param lone those that shall estimate what the others do not, in every round
 * @param followers those that are shown the lone ones' value first; the rest see the other first
 * @param firstLone what the lone ones estimate in round 0
 * @param lastRound the last round in which the conspirators speak, if there is one
 */
record Conspiracy(
    Weather weather,
    Coins coins,
    CoinScope scope,
    MemberSet byzantine,
    MemberSet lone,
    MemberSet followers,
    boolean firstLone,
    int lastRound)
    implements Scheduler<Packet> {

  private static final int ROUND_SLOTS = 20;

  /**
   * Only a round with a fixed coin can be left early, as nobody gets a quorum of CONF votes from
   * members that are left behind before theirs; and later ones are reached too rarely.
   */
  private static final int LAST_ROUNDS = 2;

  /** No last round. */
  private static final int NEVER = Integer.MAX_VALUE;

  /** Any conspiracy of those who are not {@code correct}. */
  static Conspiracy draw(
      Roster roster,
      MemberSet correct,
      int inputs,
      Weather weather,
      Coins coins,
      CoinScope scope,
      SplittableRandom random) {
    var byzantine = MemberSet.EMPTY;
    for (var member : roster.members()) {
      byzantine = correct.contains(member) ? byzantine : byzantine.with(member);
    }
    var honest = new ArrayList<>(correct.members());
    var followers = take(roster.maxFaulty(), honest, random);
    var lone = take(roster.size() - 3 * roster.maxFaulty(), honest, random);
    var firstLone = (inputs >>> lone.members().getFirst().value() & 1) == 1;
    var lastRound = random.nextBoolean() ? random.nextInt(LAST_ROUNDS) : NEVER;
    return new Conspiracy(weather, coins, scope, byzantine, lone, followers, firstLone, lastRound);
  }

  private static MemberSet take(int count, List<MemberIndex> from, SplittableRandom random) {
    var taken = MemberSet.EMPTY;
    for (var i = 0; i < count; i++) {
      taken = taken.with(from.remove(random.nextInt(from.size())));
    }
    return taken;
  }

  /**
   * What a conspirator says: for a BVAL everything that it will say in that round, as the network
   * delivers it when it is due, and its shares.
   */
  Tamper<Packet> tamper() {
    return (packet, to) ->
        packet.votes().stream()
            .map(AgreementMessage::from)
            .flatMap(Optional::stream)
            .flatMap(message -> instead(message, to).stream())
            .map(said -> Packet.of(List.of(said.toVote(0))))
            .toList();
  }

  private List<AgreementMessage> instead(AgreementMessage message, MemberIndex to) {
    return switch (message) {
      case BVal(var round, var _) when round < lastRound -> split(round, to);
      case BVal(var round, var _) when round == lastRound -> strand(round, to);
      case BVal _ -> List.of();
      case Coin(var round, var _) -> round < lastRound ? List.of(message) : List.of();
      case Aux _, Conf _, Term _ -> List.of();
    };
  }

  private List<AgreementMessage> split(int round, MemberIndex to) {
    // The lone ones hear it after the toss only, so this is no more than any network can do.
    var aux = new Aux(round, lone.contains(to) ? !coin(round) : loneValue(round));
    return List.of(
        new BVal(round, false), new BVal(round, true), aux, new Conf(round, BinaryValues.BOTH));
  }

  private List<AgreementMessage> strand(int round, MemberIndex to) {
    var value = loneValue(round);
    if (lone.contains(to)) {
      return List.of(new BVal(round, value), new Aux(round, value));
    }
    return List.of(new BVal(round, followers.contains(to) == value));
  }

  @Override
  public long delay(MemberIndex from, MemberIndex to, Packet packet, long now) {
    var slot =
        packet.votes().stream()
            .map(AgreementMessage::from)
            .flatMap(Optional::stream)
            .mapToLong(message -> slot(message, to))
            .max()
            .orElse(0);
    var due = slot * (weather.delayMax() + 1);
    return Math.max(0, due - now) + weather.delay(from, to, packet, now);
  }

  /** The slot before which {@code to} shall not hear a message; 0 for at once. */
  private long slot(AgreementMessage message, MemberIndex to) {
    if (byzantine.contains(to)) {
      return 0;
    }
    return switch (message) {
      case BVal(var round, var value) ->
          slot(round, lone.contains(to) ? loneBval(round, value) : bval(round, value, to));
      case Aux(var round, var value) -> slot(round, lone.contains(to) ? loneAux(round, value) : 7);
      case Conf(var round, var _) -> slot(round, lone.contains(to) ? 14 : 0);
      case Coin(var round, var _) -> slot(round, lone.contains(to) ? 14 : 0);
      case Term _ -> 0;
    };
  }

  private long slot(int round, int inRound) {
    return round > lastRound ? 0 : (long) round * ROUND_SLOTS + inRound;
  }

  private int bval(int round, boolean value, MemberIndex to) {
    return value == (followers.contains(to) == loneValue(round)) ? 1 : 4;
  }

  private int loneBval(int round, boolean value) {
    if (round == lastRound) {
      return value == loneValue(round) ? 1 : 8;
    }
    return value == coin(round) ? 13 : 10;
  }

  private int loneAux(int round, boolean value) {
    if (round == lastRound) {
      return value == loneValue(round) ? 4 : 8;
    }
    return value == coin(round) ? 16 : 11;
  }

  /** What only the lone ones estimate, as long as the plan goes well. */
  private boolean loneValue(int round) {
    return round == 0 ? firstLone : !coin(round - 1);
  }

  private boolean coin(int round) {
    return VoteTwists.coin(round, 0, coins, scope);
  }

  /** For traces, which are the same for the same seed: so without what prints as an address. */
  @Override
  public String toString() {
    return "conspiracy of %s against lone %s with %s and followers %s, %s"
        .formatted(
            byzantine,
            lone,
            firstLone ? 1 : 0,
            followers,
            lastRound == NEVER ? "never silent" : "silent after round " + lastRound);
  }
}
