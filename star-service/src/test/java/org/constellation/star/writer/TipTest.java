package org.constellation.star.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.constellation.platform.loop.Turn;
import org.junit.jupiter.api.Test;

class TipTest {

  private static final long AFTER_LOST = Tip.AFTER_LOST.toMillis();
  private static final OptionalLong UNKNOWN = OptionalLong.empty();
  private static final OptionalLong TEN = OptionalLong.of(10);

  private final Tip tip = new Tip();

  /** The clock that others are compared with begins anywhere, and may pass its greatest value. */
  private static long nanos(long millis) {
    return Long.MAX_VALUE - 1_000 + Duration.ofMillis(millis).toNanos();
  }

  private boolean isReached(OptionalLong end, long height, long atMillis) {
    var left = tip.look(end, height, nanos(atMillis));
    assertThat(left == Turn.UNTIL_WOKEN).isEqualTo(tip.isReached());
    return tip.isReached();
  }

  @Test
  void isTheHeightThatTheGalaxyNamed() {
    assertThat(isReached(TEN, 9, 5)).isFalse();
    assertThat(tip.why(TEN)).contains("block 10");
    assertThat(isReached(TEN, 10, 6)).isTrue();
  }

  @Test
  void isNowhereWhileTooFewHaveSaidHowFarTheyAre() {
    assertThat(isReached(UNKNOWN, 1_000, Duration.ofDays(1).toMillis())).isFalse();
    assertThat(tip.why(UNKNOWN)).contains("too few");
  }

  @Test
  void waitsForMoreOfWhatTheDatabaseHasLost() {
    tip.lost(nanos(10));
    assertThat(isReached(TEN, 10, 20)).isFalse();
    assertThat(tip.why(TEN)).contains("older than the ledger");
    tip.lost(nanos(30));
    assertThat(isReached(TEN, 11, 30 + AFTER_LOST - 1)).isFalse();
    assertThat(isReached(TEN, 11, 30 + AFTER_LOST)).isTrue();
  }

  @Test
  void isNeverLostAgain() {
    assertThat(isReached(TEN, 10, 0)).isTrue();
    tip.lost(nanos(1));
    assertThat(isReached(TEN, 10, 1)).isTrue();
  }
}
