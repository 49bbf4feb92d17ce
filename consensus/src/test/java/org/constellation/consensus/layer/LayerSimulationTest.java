package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Layers in a bad world. A failing seed prints what it drew; to replay it, run {@link
 * LayerScenario} with that seed, or narrow the seeds with {@code -Dlayer.seeds=FROM-TO}.
 */
class LayerSimulationTest {

  static LongStream batches() {
    return LongStream.range(0, 12);
  }

  @ParameterizedTest
  @MethodSource("batches")
  void staysInAgreementAndGoesOn(long batch) {
    var rounds = 0L;
    var real = 0;
    var seeds = 10;
    for (var seed = batch * seeds; seed < (batch + 1) * seeds; seed++) {
      var scenario = scenario(seed);
      assertThat(scenario.run()).as("seed %d", seed).isEmpty();
      rounds += scenario.rounds();
      real += scenario.hasRealCoins() ? 1 : 0;
    }
    System.out.printf(
        "layer simulation: %d seeds, %d with the threshold coin, %d rounds%n", seeds, real, rounds);
  }

  private static LayerScenario scenario(long seed) {
    var sizes = new int[] {4, 4, 4, 5, 7, 4, 6, 4, 10, 4};
    var size = seed % 40 == 38 ? 16 : sizes[(int) (seed % sizes.length)];
    return new LayerScenario(seed, size, seed % 15 == 0);
  }

  @Test
  void replaysASeedExactly() {
    for (var seed : new long[] {3, 11, 42}) {
      var traces = new ArrayList<Long>();
      for (var run = 0; run < 2; run++) {
        var scenario = scenario(seed);
        scenario.run();
        traces.add(scenario.trace());
      }
      assertThat(traces.get(0)).isEqualTo(traces.get(1));
    }
  }
}
