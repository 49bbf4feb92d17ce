package org.constellation.platform.loop;

/**
 * A worker's next piece of work. One turn at a time, never two at once. It waits for nothing but
 * its own disk or database: what it cannot do now it does in a later turn.
 */
@FunctionalInterface
public interface Turn {

  /** There is nothing to do until somebody wakes the loop. */
  long UNTIL_WOKEN = Long.MAX_VALUE;

  /** The worker has ended; there is no further turn. */
  long ENDED = -1;

  /**
   * Does what there is to do.
   *
   * @return how long there will be nothing to do unless the loop is woken, in nanoseconds; 0 to go
   *     on at once, {@link #UNTIL_WOKEN} or {@link #ENDED}
   */
  long take();
}
