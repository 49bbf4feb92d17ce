package org.constellation.consensus.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.constellation.consensus.Roster;
import org.constellation.consensus.agreement.AgreementMessage.Aux;
import org.constellation.consensus.agreement.AgreementMessage.BVal;
import org.constellation.consensus.testkit.AgreementMachine;
import org.constellation.consensus.testkit.AgreementRun;
import org.constellation.consensus.testkit.Behaviour;
import org.constellation.consensus.testkit.Draw;
import org.constellation.consensus.testkit.KeyedHashCoins;
import org.constellation.consensus.testkit.Suite;
import org.constellation.consensus.testkit.ThresholdCoins;
import org.constellation.consensus.testkit.Trace;
import org.junit.jupiter.api.Test;

/**
 * Single agreements in virtual time, and whether the checks notice known mistakes. One seed alone:
 * {@code -Dconstellation.sim.replay=agreement:SEED}, see {@link Suite}.
 */
class BinaryAgreementSimulationTest {

  /**
   * The schedule's first two coins are fixed, so splits that last need at least the third round.
   */
  private static final int SCRIPT_ROUNDS = 40;

  private static final Suite SUITE =
      new Suite("agreement", BinaryAgreementSimulationTest::agreement);

  private static final int SEEDS = 3_200;

  /** The first seeds of the suite, which known mistakes have to get past. */
  private static final int MISTAKE_SEEDS = 800;

  /** Fewer seeds that catch a mistake mean that the adversaries became weaker. */
  private static final int CAUGHT_MIN = 15;

  @Test
  void correctMembersDecideAlikeWhateverOthersAndTheNetworkDo() {
    var report = SUITE.run(0, SEEDS);
    if (report.isWhole()) {
      assertThat(report.isRealEnough()).isTrue();
      assertThat(report.sizes().keySet()).contains(4, 7, 10, 13, 16);
    }
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    for (var seed : new long[] {3, 4, 16, 39}) {
      assertThat(SUITE.trace(seed)).isNotEmpty().isEqualTo(SUITE.trace(seed));
    }
  }

  private static Suite.Ran agreement(long seed, Trace trace) {
    var roster = roster(seed);
    var real = Suite.isReal(seed);
    var coins = real ? new ThresholdCoins(roster, seed) : new KeyedHashCoins(roster, seed);
    var run =
        AgreementRun.of(roster, seed, coins, trace, AgreementMachine::real, Behaviour.values());
    return new Suite.Ran(roster.size(), run.rounds(), real, Suite.Signatures.NONE);
  }

  private static Roster roster(long seed) {
    return new Roster(Draw.size(new SplittableRandom(seed)));
  }

  @Test
  void theUnionOfConfSetsEndsTheSplitThatASchedulerKeepsUp() {
    var rounds = IntStream.range(0, 20).map(s -> split(AgreementMachine::real, s)).max();
    assertThat(rounds.orElseThrow()).isLessThanOrEqualTo(3);
  }

  @Test
  void countingOnesOwnAuxInsteadIsCaught() {
    var broken = BrokenAgreement.OWN_AUX.maker();
    assertThat(caught(BrokenAgreement.OWN_AUX, broken)).isGreaterThanOrEqualTo(CAUGHT_MIN);
    assertThat(IntStream.range(0, 20).map(seed -> split(broken, seed)))
        .allMatch(rounds -> rounds == SCRIPT_ROUNDS);
  }

  @Test
  void anUnbrokenCopyIsNotCaught() {
    var copy = BrokenAgreement.COPY.maker();
    assertThat(caught(BrokenAgreement.COPY, copy)).isZero();
    assertThat(split(copy, 1)).isLessThanOrEqualTo(3);
    assertThat(allDecideAfterAHelperFellSilent(copy)).isTrue();
  }

  @Test
  void stoppingAtTheDecisionIsCaught() {
    var broken = BrokenAgreement.STOP_AT_DECIDE.maker();
    assertThat(caught(BrokenAgreement.STOP_AT_DECIDE, broken)).isGreaterThanOrEqualTo(CAUGHT_MIN);
  }

  @Test
  void ignoringPastRoundsIsCaught() {
    var broken = BrokenAgreement.IGNORE_PAST_ROUNDS.maker();
    assertThat(caught(BrokenAgreement.IGNORE_PAST_ROUNDS, broken))
        .isGreaterThanOrEqualTo(CAUGHT_MIN);
    assertThat(allDecideAfterAHelperFellSilent(broken)).isFalse();
    assertThat(allDecideAfterAHelperFellSilent(AgreementMachine::real)).isTrue();
  }

  /**
   * In round 0, the Byzantine member shows P only zeros and Q only ones, so that P leaves the round
   * early without having said one. R needs a third one to follow, and only P can say it.
   */
  private static boolean allDecideAfterAHelperFellSilent(AgreementMachine.Maker maker) {
    var p = 0;
    var q = 1;
    var r = 2;
    var byzantine = 3;
    var network = new ScriptedNetwork(new Roster(4), byzantine, maker, 1);
    network.input(p, false);
    network.input(q, true);
    network.input(r, true);
    network.forge(byzantine, r, new BVal(0, false));
    network.deliver(p, r, new BVal(0, false));
    network.forge(byzantine, p, new BVal(0, false));
    network.deliver(r, p, new BVal(0, false));
    network.forge(byzantine, p, new Aux(0, false));
    network.deliver(r, p, new Aux(0, false));
    assertThat(network.machines.get(p).round()).isEqualTo(1);
    network.forge(byzantine, q, new BVal(0, true));
    network.deliver(r, q, new BVal(0, true));
    network.deliverAll();
    return network.allDecided(true) || network.allDecided(false);
  }

  /** How many seeds of the suite catch a mistake, those left out that toss the costly coin. */
  private static long caught(BrokenAgreement mistake, AgreementMachine.Maker maker) {
    var seeds = LongStream.range(0, MISTAKE_SEEDS).filter(seed -> !Suite.isReal(seed)).toArray();
    var caught = LongStream.of(seeds).parallel().filter(seed -> isCaught(maker, seed)).count();
    System.out.printf(
        "SIM agreement: %s caught by %d of %d seeds%n", mistake, caught, seeds.length);
    return caught;
  }

  private static boolean isCaught(AgreementMachine.Maker maker, long seed) {
    try {
      AgreementRun.of(roster(seed), seed, maker, Behaviour.values());
      return false;
    } catch (AssertionError caught) {
      return true;
    }
  }

  private static int split(AgreementMachine.Maker maker, long seed) {
    return new CoinAwareScript(maker, seed).roundsSplit(SCRIPT_ROUNDS);
  }
}
