package org.constellation.platform.loop;

import org.jspecify.annotations.Nullable;

/** Starts loops, and tells the time by which they run. */
public interface Loops {

  /**
   * Begins with a first turn at once.
   *
   * @param name of the worker, for people
   * @param member whose log lines it writes; null for the service itself
   */
  Loop start(String name, @Nullable String member, Turn turn);

  /** A clock that never jumps, in nanoseconds from some moment. */
  long nanos();
}
