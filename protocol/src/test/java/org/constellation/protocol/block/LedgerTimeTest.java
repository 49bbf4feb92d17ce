package org.constellation.protocol.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The network's clock, with ticks of 1,000 ms and at most 8 in a block. */
class LedgerTimeTest {

  private final LedgerTime start = LedgerTime.startingAt(10_000);

  private static LedgerTime after(LedgerTime time, long medianMillis) {
    return time.after(medianMillis, 1_000, 8);
  }

  @Test
  void countsWholeTicksAndKeepsTheRest() {
    assertThat(after(start, 12_700)).isEqualTo(new LedgerTime(12_700, 2, 12_000));
    assertThat(after(after(start, 12_700), 13_000)).isEqualTo(new LedgerTime(13_000, 3, 13_000));
  }

  @Test
  void loadDoesNotSpeedItUp() {
    var time = start;
    for (var block = 1; block <= 300; block++) {
      time = after(time, 10_000 + block * 10L);
    }
    assertThat(time).isEqualTo(new LedgerTime(13_000, 3, 13_000));
  }

  @Test
  void aStallIsNotMadeUpFor() {
    assertThat(after(start, 1_000_500)).isEqualTo(new LedgerTime(1_000_500, 8, 1_000_500));
    // Right at the limit nothing is lost.
    assertThat(after(start, 18_500)).isEqualTo(new LedgerTime(18_500, 8, 18_000));
  }

  @Test
  void neverRunsBackwards() {
    assertThat(after(start, 5)).isEqualTo(new LedgerTime(10_001, 0, 10_000));
  }
}
