package org.constellation.star.writer;

import java.time.Duration;
import org.constellation.platform.loop.Turn;

/**
 * Whether the ledger has been read to its end since the start. Before that the service signs
 * nothing: its database may be an old copy, and where its stars' chains end today stands in the
 * ledger alone. Signed at a place that is taken, the next half-block would be a fork of an honest
 * star.
 *
 * <p>The end is a block that was made after the start; or, where no such block comes or this clock
 * is ahead, the place where reading gets no closer to the present. Both rest on clocks: that is
 * enough to protect the service from its own past, which nobody else can be harmed by.
 */
final class Tip {

  /** Reading that has come no closer to the present for so long is at the end. */
  static final Duration NO_CLOSER = Duration.ofSeconds(30);

  /** What differs by less is no closer: rounds vary by more. */
  static final Duration CLOSER = Duration.ofSeconds(1);

  /**
   * Once the database has turned out to be old, so long after the last half-block that it lacked:
   * others may be on their way into the ledger.
   */
  static final Duration AFTER_LOST = Duration.ofSeconds(15);

  private long startMillis = Long.MAX_VALUE;
  private long startNanos;
  private boolean isFresh;
  private long leastLag = Long.MAX_VALUE;
  private long closestAt;
  private long lostUntil;
  private volatile boolean isReached;
  private volatile boolean hasLost;

  /**
   * Reading begins.
   *
   * @param millis the time of day
   * @param nanos the time that everything else is compared with
   */
  void begin(long millis, long nanos) {
    startMillis = millis;
    startNanos = nanos;
    closestAt = nanos;
    lostUntil = nanos;
  }

  /** Nothing can be read at present: that no block comes says nothing. */
  void blocked(long nanos) {
    closestAt = nanos;
  }

  /** A block's receipts are stored. */
  void stored(long blockMillis, long millis, long nanos) {
    isFresh |= blockMillis >= startMillis;
    var lag = millis - blockMillis;
    if (leastLag == Long.MAX_VALUE || lag <= leastLag - CLOSER.toMillis()) {
      leastLag = lag;
      closestAt = nanos;
    }
  }

  /** The ledger has a half-block that a key in custody signed and the database does not know. */
  void lost(long nanos) {
    hasLost = true;
    lostUntil = nanos + AFTER_LOST.toNanos();
  }

  /** Looks again; how long to wait before the next look, {@link Turn#UNTIL_WOKEN} once there. */
  long look(long nanos) {
    if (isReached) {
      return Turn.UNTIL_WOKEN;
    }
    var end = isFresh ? startNanos : closestAt + NO_CLOSER.toNanos();
    var left = Math.max(end - nanos, lostUntil - nanos);
    if (left > 0) {
      return left;
    }
    isReached = true;
    return Turn.UNTIL_WOKEN;
  }

  /** Whether the service may sign. */
  boolean isReached() {
    return isReached;
  }

  /** Why it may not, for people. */
  String why() {
    return hasLost
        ? "the database is older than the ledger: nothing is signed until "
            + AFTER_LOST.toSeconds()
            + " s after the last half-block that it lacked"
        : "the ledger is being read to its end: nothing is signed before";
  }
}
