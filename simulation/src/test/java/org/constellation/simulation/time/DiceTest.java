package org.constellation.simulation.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiceTest {

  private static final int DRAWS = 10_000;

  private static List<Long> draws(long seed, String name) {
    var dice = new Dice(seed).of(name);
    var draws = new ArrayList<Long>();
    for (var count = 0; count < DRAWS; count++) {
      draws.add(dice.below(Long.MAX_VALUE));
    }
    return draws;
  }

  @Test
  void drawsTheSameForTheSameSeedAndName() {
    assertThat(draws(77, "broker")).isEqualTo(draws(77, "broker"));
  }

  /** Each seed's draws were once those of the seed before, but for the first. */
  @Test
  void noTwoSeedsAndNoTwoNamesHaveDrawsInCommon() {
    var all = new HashSet<Long>();
    for (var seed = 70; seed < 80; seed++) {
      all.addAll(draws(seed, "broker"));
      all.addAll(draws(seed, "fate"));
    }
    assertThat(all).hasSize(20 * DRAWS);
  }
}
