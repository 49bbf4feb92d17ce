package org.constellation.consensus.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Roster;
import org.constellation.consensus.coin.CoinScope;

/**
 * One binary agreement among n members of which the last f are Byzantine, run to its end and
 * checked: agreement, validity, termination, no correct member blamed.
 *
 * @param decision what was decided
 * @param rounds in how many rounds the slowest member decided, fixed coins included
 */
public record AgreementRun(boolean decision, int rounds) {

  private static final long EVENTS_MAX = 1_000_000;

  /** Of so many runs, one has its Byzantine members and its network conspire. */
  private static final int CONSPIRACY_EVERY = 4;

  /** Makes a machine for a member of this run. */
  @FunctionalInterface
  interface Machines {
    AgreementMachine make(MemberIndex self, Recall recall);
  }

  /** Runs an agreement with fast coins, of which nobody will want to read. */
  public static AgreementRun of(
      Roster roster, long seed, AgreementMachine.Maker maker, Behaviour... behaviours) {
    return of(roster, seed, new KeyedHashCoins(roster, seed), Trace.none(), maker, behaviours);
  }

  /**
   * Runs an agreement.
   *
   * @param maker the machine to be tried
   * @throws AssertionError when anything that must hold does not
   */
  public static AgreementRun of(
      Roster roster,
      long seed,
      Coins coins,
      Trace trace,
      AgreementMachine.Maker maker,
      Behaviour... behaviours) {
    var random = new SplittableRandom(seed);
    var scope = new CoinScope("sim", 0, 0, coins.keySet(), 0, seed);
    var correct = new MemberSet((1L << roster.quorum()) - 1);
    var observations = new Observations<Boolean>(correct);
    var inputs = random.nextInt(1 << roster.size());
    var weather = Weather.draw(roster, random.split());
    Optional<Conspiracy> conspiracy =
        random.nextInt(CONSPIRACY_EVERY) == 0
            ? Optional.of(
                Conspiracy.draw(roster, correct, inputs, weather, coins, scope, random.split()))
            : Optional.empty();
    conspiracy.ifPresent(drawn -> trace.add(0, "drawn", drawn));
    var seats = new ArrayList<AgreementSeat>();
    var tampered = new ArrayList<Seat<Packet>>();
    for (var self : roster.members()) {
      var input = (inputs >>> self.value() & 1) == 1;
      var seat =
          new AgreementSeat(
              self,
              input,
              (member, recall) -> maker.make(roster, member, coins.of(member), scope, recall),
              observations);
      seats.add(seat);
      var behaviour = behaviours[random.nextInt(behaviours.length)];
      var alone = behaviour.tamper(roster, self, coins, scope, random.split());
      var tamper = conspiracy.map(Conspiracy::tamper).orElse(alone);
      tampered.add(correct.contains(self) ? seat : new TamperedSeat<>(roster, self, seat, tamper));
    }
    var scheduler =
        conspiracy
            .<Scheduler<? super Packet>>map(one -> one)
            .orElseGet(() -> scheduler(roster, weather, coins, scope, random));
    var network =
        new VirtualNetwork<>(
            roster, tampered, correct, scheduler, weather, Crashes.draw(random.split()), trace);
    if (!network.runUntil(observations::allDecided, EVENTS_MAX)) {
      throw new AssertionError("no end: only " + observations.outputs() + " decided");
    }
    var decision = observations.outputs().firstEntry().getValue();
    if (correct.members().stream()
        .noneMatch(m -> (inputs >>> m.value() & 1) == (decision ? 1 : 0))) {
      throw new AssertionError("nobody put in " + decision);
    }
    return new AgreementRun(decision, roundsOf(seats, correct));
  }

  private static Scheduler<? super Packet> scheduler(
      Roster roster, Weather weather, Coins coins, CoinScope scope, SplittableRandom random) {
    return random.nextInt(3) == 0
        ? CoinAwareScheduler.draw(roster, weather, coins, scope, random)
        : weather;
  }

  private static int roundsOf(List<AgreementSeat> seats, MemberSet correct) {
    return correct.members().stream()
        .mapToInt(m -> seats.get(m.value()).roundMax())
        .max()
        .orElse(0);
  }
}
