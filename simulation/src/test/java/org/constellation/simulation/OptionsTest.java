package org.constellation.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What seeds draw. */
class OptionsTest {

  private static final int SEEDS = 2_000;

  @Test
  void aBrokerAtItsWorstDoesMoreThanOneThing() {
    for (var seed = 1L; seed <= SEEDS; seed++) {
      var weather = Options.draw(Options.Wish.of(seed, Scenario.HOSTILE)).weather();
      assertThat(weather.kinds())
          .as("seed %s: %s", seed, weather)
          .isGreaterThanOrEqualTo(Options.STORM_KINDS_MIN);
    }
  }
}
