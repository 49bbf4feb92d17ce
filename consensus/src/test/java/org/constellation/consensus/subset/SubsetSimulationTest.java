package org.constellation.consensus.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import org.constellation.consensus.testkit.Behaviour;
import org.constellation.consensus.testkit.Observations.FaultKind;
import org.constellation.consensus.testkit.SubsetRun;
import org.constellation.consensus.testkit.SubsetScenario;
import org.constellation.consensus.testkit.Suite;
import org.junit.jupiter.api.Test;

/**
 * Many subsets in virtual time, each decided by its seed. One alone: {@code
 * -Dconstellation.sim.replay=subset:SEED}, see {@link Suite}.
 */
class SubsetSimulationTest {

  private static final int SEEDS = 2_000;

  @Test
  void correctMembersAgreeWhateverOthersAndTheNetworkDo() {
    var tally = new Tally();
    var report = suite(tally).run(1, SEEDS);
    tally.print();
    if (report.isWhole()) {
      assertThat(report.isRealEnough()).isTrue();
      assertThat(tally.behaviours).containsKeys(Behaviour.values());
      assertThat(tally.faults).containsKeys(FaultKind.values());
      assertThat(report.sizes().keySet()).contains(4, 7, 10, 13, 16);
    }
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    var suite = suite(new Tally());
    for (var seed : new long[] {3, 16, 39}) {
      assertThat(suite.trace(seed)).isNotEmpty().isEqualTo(suite.trace(seed));
    }
    assertThat(suite.trace(3)).isNotEqualTo(suite.trace(4));
  }

  private static Suite suite(Tally tally) {
    return new Suite(
        "subset",
        (seed, trace) -> {
          var scenario = SubsetScenario.draw(seed);
          trace.add(0, "drawn", scenario);
          tally.add(scenario, SubsetRun.of(scenario, trace));
          var size = scenario.roster().size();
          return new Suite.Ran(size, 1, scenario.realCoin(), Suite.Signatures.NONE);
        });
  }

  /** Seeds run side by side, and all count here. */
  private static final class Tally {
    private int coinAware;
    private int crashes;
    private long packets;
    private final EnumMap<Behaviour, Integer> behaviours = new EnumMap<>(Behaviour.class);
    private final EnumMap<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);

    synchronized void add(SubsetScenario scenario, SubsetRun run) {
      coinAware += scenario.coinAware() ? 1 : 0;
      crashes += run.crashes();
      packets += run.packets();
      scenario.byzantine().values().forEach(b -> behaviours.merge(b, 1, Integer::sum));
      run.faults().forEach((kind, count) -> faults.merge(kind, count, Integer::sum));
    }

    synchronized void print() {
      System.out.printf(
          "SIM subset: coin-aware scheduler %d; %d packets, %d crashes; Byzantine %s%n",
          coinAware, packets, crashes, behaviours);
      System.out.println("SIM subset: faults found " + faults);
    }
  }
}
