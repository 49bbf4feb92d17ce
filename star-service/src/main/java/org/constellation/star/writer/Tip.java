package org.constellation.star.writer;

import java.time.Duration;
import java.util.OptionalLong;
import org.constellation.platform.loop.Turn;

/**
 * Whether the ledger has been read to its end since the start. Before that the service signs
 * nothing: its database may be an old copy, and where its stars' chains end today stands in the
 * ledger alone. Signed at a place that is taken, the next half-block would be a fork of an honest
 * star.
 *
 * <p>Where the end is, n−f members of the galaxy have said after the start. While fewer can be
 * asked, nothing would become final either.
 */
final class Tip {

  /** So often it is looked whether the end is known by now. */
  static final Duration LOOK = Duration.ofMillis(100);

  /**
   * Once the database has turned out to be old, so long after the last half-block that it lacked:
   * others may be on their way into the ledger.
   */
  static final Duration AFTER_LOST = Duration.ofSeconds(15);

  private long lostAt;
  private volatile boolean isReached;
  private volatile boolean hasLost;

  /** The ledger has a half-block that a key in custody signed and the database does not know. */
  void lost(long nanos) {
    lostAt = nanos;
    hasLost = true;
  }

  /**
   * Looks again.
   *
   * @param end the height up to which the ledger has to be read, if that is known
   * @param height up to which its receipts are stored
   * @return how long to wait before the next look, {@link Turn#UNTIL_WOKEN} once there
   */
  long look(OptionalLong end, long height, long nanos) {
    if (isReached) {
      return Turn.UNTIL_WOKEN;
    }
    if (end.isEmpty() || height < end.getAsLong()) {
      return LOOK.toNanos();
    }
    var left = hasLost ? lostAt + AFTER_LOST.toNanos() - nanos : 0;
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

  /**
   * Why it may not, for people.
   *
   * @param end as for {@link #look}
   */
  String why(OptionalLong end) {
    if (hasLost) {
      return "the database is older than the ledger: nothing is signed until "
          + AFTER_LOST.toSeconds()
          + " s after the last half-block that it lacked";
    }
    return end.isEmpty()
        ? "too few members of the galaxy have said where the ledger ends: nothing is signed before"
        : "the ledger is being read up to block " + end.getAsLong() + ": nothing is signed before";
  }
}
