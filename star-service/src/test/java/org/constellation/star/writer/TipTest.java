package org.constellation.star.writer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.constellation.platform.loop.Turn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TipTest {

  private static final long START = 1_000_000;
  private static final long NO_CLOSER = Tip.NO_CLOSER.toMillis();
  private static final long AFTER_LOST = Tip.AFTER_LOST.toMillis();

  private final Tip tip = new Tip();

  @BeforeEach
  void begin() {
    assertThat(tip.isReached()).isFalse();
    tip.begin(START, nanos(0));
  }

  /** The clock that others are compared with begins anywhere, and may pass its greatest value. */
  private static long nanos(long millis) {
    return Long.MAX_VALUE - 1_000 + Duration.ofMillis(millis).toNanos();
  }

  private void stored(long blockMillis, long atMillis) {
    tip.stored(blockMillis, START + atMillis, nanos(atMillis));
  }

  private boolean isReached(long atMillis) {
    var left = tip.look(nanos(atMillis));
    assertThat(left == Turn.UNTIL_WOKEN).isEqualTo(tip.isReached());
    return tip.isReached();
  }

  @Test
  void isABlockThatWasMadeAfterTheStart() {
    stored(START - 1, 5);
    assertThat(isReached(5)).isFalse();
    stored(START, 6);
    assertThat(isReached(6)).isTrue();
  }

  @Test
  void isWhereNothingComesForLong() {
    assertThat(tip.look(nanos(0))).isEqualTo(Tip.NO_CLOSER.toNanos());
    stored(START - 86_400_000, 10);
    assertThat(isReached(10 + NO_CLOSER - 1)).isFalse();
    assertThat(isReached(10 + NO_CLOSER)).isTrue();
  }

  @Test
  void isNotReachedWhileReadingComesCloserToThePresent() {
    // Ten times as fast as the blocks were made.
    var closer = NO_CLOSER / 2;
    var at = 0L;
    for (; at < 5 * NO_CLOSER; at += closer) {
      stored(START - 10_000_000 + 10 * at, at);
      assertThat(isReached(at)).isFalse();
    }
  }

  @Test
  void isWhereBlocksAreAsOldAsBeforeByAClockThatIsAhead() {
    var ahead = Duration.ofHours(2).toMillis();
    for (var at = 0L; at < NO_CLOSER; at += 1_000) {
      stored(START - ahead + at - at % 3 * 100, at);
      assertThat(isReached(at)).isFalse();
    }
    assertThat(isReached(NO_CLOSER)).isTrue();
  }

  @Test
  void waitsForMoreOfWhatTheDatabaseHasLost() {
    tip.lost(nanos(10));
    stored(START + 20, 20);
    assertThat(isReached(20)).isFalse();
    assertThat(tip.why()).contains("older than the ledger");
    tip.lost(nanos(30));
    assertThat(isReached(30 + AFTER_LOST - 1)).isFalse();
    assertThat(isReached(30 + AFTER_LOST)).isTrue();
  }

  @Test
  void isNotWhereNothingCanBeRead() {
    tip.blocked(nanos(NO_CLOSER));
    assertThat(isReached(NO_CLOSER)).isFalse();
    assertThat(isReached(2 * NO_CLOSER - 1)).isFalse();
    assertThat(isReached(2 * NO_CLOSER)).isTrue();
  }

  @Test
  void isNeverLostAgain() {
    stored(START, 0);
    assertThat(isReached(0)).isTrue();
    tip.lost(nanos(1));
    assertThat(isReached(1)).isTrue();
  }
}
