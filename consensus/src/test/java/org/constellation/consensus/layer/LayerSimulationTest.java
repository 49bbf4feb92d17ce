package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import org.constellation.consensus.testkit.Suite;
import org.constellation.consensus.testkit.Trace;
import org.junit.jupiter.api.Test;

/**
 * Layers in a bad world, each decided by its seed. One alone: {@code
 * -Dconstellation.sim.replay=layer:SEED}, see {@link Suite}.
 */
class LayerSimulationTest {

  /** Among them 326, in which a member once went on without one certificate for ever. */
  private static final int FIRST_SEED = 100;

  private static final int SEEDS = 250;

  @Test
  void correctMembersAgreeAndGoOnWhateverOthersAndTheNetworkDo() {
    var tally = new Tally();
    var report = suite(tally).run(FIRST_SEED, SEEDS);
    tally.print();
    if (report.isWhole()) {
      assertThat(report.isRealEnough()).isTrue();
      assertThat(report.roundsMin()).isGreaterThanOrEqualTo(LayerScenario.ROUNDS);
      assertThat(tally.corruptions).containsKeys(Corruption.values());
      assertThat(report.sizes().keySet()).contains(4, 7, 10, 16);
    }
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    var suite = suite(new Tally());
    for (var seed : new long[] {3, 11, 16}) {
      assertThat(suite.trace(seed)).hasSizeGreaterThan(1_000).isEqualTo(suite.trace(seed));
    }
  }

  private static Suite suite(Tally tally) {
    return new Suite(
        "layer",
        (seed, trace) -> {
          var scenario = new LayerScenario(seed, trace);
          run(scenario, trace);
          tally.add(scenario);
          return scenario.ran();
        });
  }

  private static void run(LayerScenario scenario, Trace trace) {
    var wrong = scenario.run();
    wrong.forEach(line -> trace.add(0, "wrong", line));
    if (!wrong.isEmpty()) {
      throw new AssertionError(String.join(System.lineSeparator(), wrong));
    }
  }

  /** Seeds run side by side, and all count here. */
  private static final class Tally {
    private int coinAware;
    private int crashes;
    private final EnumMap<Corruption, Integer> corruptions = new EnumMap<>(Corruption.class);

    synchronized void add(LayerScenario scenario) {
      coinAware += scenario.isCoinAware() ? 1 : 0;
      crashes += scenario.committee().crashes();
      scenario.corruptions().forEach(c -> corruptions.merge(c, 1, Integer::sum));
    }

    synchronized void print() {
      System.out.printf(
          "SIM layer: coin-aware network %d; %d crashes; Byzantine %s%n",
          coinAware, crashes, corruptions);
    }
  }
}
