package org.constellation.consensus.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the reader of a failed simulation gets to see. */
class SuiteTest {

  private static Suite.Ran run(long seed, Trace trace) {
    trace.add(1, "drew", seed);
    if (seed >= 7) {
      throw new AssertionError("seven is too much");
    }
    return new Suite.Ran(4, 20, Suite.isReal(seed), Suite.Signatures.MAC);
  }

  @Test
  void aFailureNamesThePropertyTheSeedAndTheLastEvents() {
    assertThatThrownBy(() -> new Suite("suite-test", SuiteTest::run, "").run(0, 8))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("-Dconstellation.sim.replay=suite-test:7")
        .hasMessageContaining("1 drew 7")
        .hasRootCauseMessage("seven is too much");
  }

  @Test
  void aReplayRunsItsSeedAndNothingElse() {
    var seen = Collections.synchronizedList(new ArrayList<Long>());
    Suite.Scenario scenario =
        (seed, trace) -> {
          seen.add(seed);
          return run(seed, trace);
        };
    var report = new Suite("suite-test", scenario, "suite-test:3").run(0, 7);
    assertThat(report.runs()).containsOnlyKeys(3L);
    assertThat(report.isWhole()).isFalse();
    assertThat(seen).containsOnly(3L);
    assertThat(new Suite("suite-test", scenario, "other:3").run(0, 7).runs()).isEmpty();
  }

  @Test
  void tooFewProductionSignaturesAreNoticed() {
    var report = new Suite("suite-test", SuiteTest::run, "").run(0, 7);
    assertThat(report.realCoins()).isOne();
    assertThat(report.isRealEnough()).isFalse();
    assertThat(report.toString())
        .contains("7 seeds, 140 rounds, members {4=7}; coins: 1 P-256", "0 Ed25519, 7 MAC");
    assertThat(List.of(0L, 16L)).allMatch(Suite::isReal);
  }
}
