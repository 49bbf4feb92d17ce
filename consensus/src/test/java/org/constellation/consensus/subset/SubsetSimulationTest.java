package org.constellation.consensus.subset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.TreeMap;
import org.constellation.consensus.testkit.Behaviour;
import org.constellation.consensus.testkit.Observations.FaultKind;
import org.constellation.consensus.testkit.SubsetRun;
import org.constellation.consensus.testkit.SubsetScenario;
import org.constellation.consensus.testkit.Trace;
import org.junit.jupiter.api.Test;

/**
 * Many subsets in virtual time, each decided by its seed. To replay one: {@code
 * -Dconstellation.sim.first=SEED -Dconstellation.sim.seeds=1}; its trace is then in {@code
 * target/traces}.
 */
class SubsetSimulationTest {

  private static final long FIRST = Long.getLong("constellation.sim.first", 1);
  private static final long SEEDS = Long.getLong("constellation.sim.seeds", 2_000);

  @Test
  void correctMembersAgreeWhateverOthersAndTheNetworkDo() throws IOException {
    var tally = new Tally();
    for (var seed = FIRST; seed < FIRST + SEEDS; seed++) {
      tally.add(SubsetScenario.draw(seed), run(seed));
    }
    tally.print();
    if (SEEDS >= 2_000) {
      assertThat(tally.realCoins * 20L).isGreaterThanOrEqualTo(SEEDS);
      assertThat(tally.behaviours).containsKeys(Behaviour.values());
      assertThat(tally.faults).containsKeys(FaultKind.values());
      assertThat(tally.sizes.keySet()).contains(4, 7, 10, 13, 16);
    }
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    for (var seed : new long[] {3, 16, 39}) {
      assertThat(traceOf(seed)).isNotEmpty().isEqualTo(traceOf(seed));
    }
    assertThat(traceOf(3)).isNotEqualTo(traceOf(4));
  }

  private static Iterable<String> traceOf(long seed) {
    var trace = Trace.kept();
    SubsetRun.of(SubsetScenario.draw(seed), trace);
    return trace.lines();
  }

  private static SubsetRun run(long seed) throws IOException {
    var scenario = SubsetScenario.draw(seed);
    try {
      return SubsetRun.of(scenario, Trace.none());
    } catch (AssertionError | RuntimeException failure) {
      throw new AssertionError(scenario + " failed; trace: " + writeTrace(scenario), failure);
    }
  }

  private static Path writeTrace(SubsetScenario scenario) throws IOException {
    var trace = Trace.kept();
    try {
      SubsetRun.of(scenario, trace);
    } catch (AssertionError | RuntimeException again) {
      trace.add(0, "failed", again);
    }
    var file = Path.of("target", "traces", "subset-" + scenario.seed() + ".txt");
    Files.createDirectories(file.getParent());
    return Files.write(file, trace.lines());
  }

  private static final class Tally {
    private int realCoins;
    private int coinAware;
    private int crashes;
    private long packets;
    private final TreeMap<Integer, Integer> sizes = new TreeMap<>();
    private final EnumMap<Behaviour, Integer> behaviours = new EnumMap<>(Behaviour.class);
    private final EnumMap<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);

    void add(SubsetScenario scenario, SubsetRun run) {
      realCoins += scenario.realCoin() ? 1 : 0;
      coinAware += scenario.coinAware() ? 1 : 0;
      crashes += run.crashes();
      packets += run.packets();
      sizes.merge(scenario.roster().size(), 1, Integer::sum);
      scenario.byzantine().values().forEach(b -> behaviours.merge(b, 1, Integer::sum));
      run.faults().forEach((kind, count) -> faults.merge(kind, count, Integer::sum));
    }

    void print() {
      System.out.printf(
          "SIM subset: %d seeds from %d: P-256 coin %d, keyed-hash coin %d; coin-aware scheduler"
              + " %d; %d packets, %d crashes%n",
          SEEDS, FIRST, realCoins, SEEDS - realCoins, coinAware, packets, crashes);
      System.out.println("SIM subset: members " + sizes + ", Byzantine " + behaviours);
      System.out.println("SIM subset: faults found " + faults);
    }
  }
}
