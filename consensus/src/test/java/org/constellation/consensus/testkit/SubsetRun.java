package org.constellation.consensus.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.consensus.subset.AgreedSubset;
import org.constellation.protocol.crypto.Hash;

/**
 * One subset among all members of a scenario, run to its end and checked: agreement, validity,
 * totality, termination, no correct member blamed, nobody equivocates by restarting.
 *
 * @param agreed what was agreed
 * @param packets how many packets arrived
 * @param crashes how many lives ended early
 * @param faults how often Byzantine members were blamed, by kind
 */
public record SubsetRun(
    AgreedSubset agreed, long packets, int crashes, Map<Observations.FaultKind, Integer> faults) {

  private static final long EVENTS_MAX = 5_000_000;

  /** Runs a scenario. Throws an {@link AssertionError} when anything that must hold does not. */
  public static SubsetRun of(SubsetScenario scenario, Trace trace) {
    var random = new SplittableRandom(~scenario.seed());
    var roster = scenario.roster();
    var coins =
        scenario.realCoin()
            ? new ThresholdCoins(roster, scenario.seed())
            : new KeyedHashCoins(roster, scenario.seed());
    var scope = new CoinScope("sim", 0, 0, coins.keySet(), 0, scenario.seed());
    var observations = new Observations<AgreedSubset>(scenario.correct());
    var seats = new ArrayList<Seat<Packet>>();
    for (var member : roster.members()) {
      var honest = new SubsetSeat(roster, member, coins, scope, observations);
      var behaviour = scenario.byzantine().get(member);
      var tampered = random.split();
      seats.add(
          behaviour == null
              ? honest
              : new TamperedSeat<>(
                  roster,
                  member,
                  honest,
                  behaviour.tamper(roster, member, coins, scope, tampered)));
    }
    var weather = Weather.draw(roster, random.split());
    Scheduler<? super Packet> scheduler =
        scenario.coinAware()
            ? CoinAwareScheduler.draw(roster, weather, coins, scope, random)
            : weather;
    var crashes = Crashes.draw(random.split());
    var network =
        new VirtualNetwork<Packet>(
            roster, seats, scenario.correct(), scheduler, weather, crashes, trace);
    if (!network.runUntil(observations::allDecided, EVENTS_MAX)) {
      throw new AssertionError("no end: only " + observations.outputs().keySet() + " decided");
    }
    var agreed = observations.outputs().firstEntry().getValue();
    check(scenario, agreed, observations);
    return new SubsetRun(agreed, network.delivered(), network.crashes(), observations.faults());
  }

  private static void check(
      SubsetScenario scenario, AgreedSubset agreed, Observations<AgreedSubset> observations) {
    var roster = scenario.roster();
    var correct = scenario.correct();
    List<MemberIndex> fromCorrect =
        agreed.proposals().keySet().stream().filter(correct::contains).toList();
    if (agreed.proposals().size() < roster.quorum()
        || fromCorrect.size() < roster.size() - 2 * roster.maxFaulty()) {
      throw new AssertionError("too few proposals: " + agreed);
    }
    agreed
        .proposals()
        .forEach(
            (member, digest) -> {
              var slot = new Slot(member.value(), SlotKind.PROPOSE, 0);
              if (correct.contains(member)
                  && !digest.equals(Hash.of(observations.sent(member, slot).toBytes()))) {
                throw new AssertionError(member + " never proposed what was agreed");
              }
            });
  }
}
