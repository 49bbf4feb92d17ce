package org.constellation.simulation;

import org.constellation.simulation.time.VirtualTime;

/**
 * How long a run may take, in nanoseconds of virtual time: who asks for more rounds waits longer.
 *
 * @param badTimes after which nothing goes wrong on purpose any more, whatever has been reached
 * @param goodTimes within which everything that is pending must come to its end
 */
record Patience(long badTimes, long goodTimes) {

  /** A round of the worst weather; without trouble it takes half a second. */
  private static final long BAD_ROUND = 12 * VirtualTime.SECOND;

  /** What is pending may take so long, however few the rounds. */
  private static final long GOOD_TIMES = 600 * VirtualTime.SECOND;

  /** A round when nothing goes wrong, with time to spare. */
  private static final long GOOD_ROUND = 3 * VirtualTime.SECOND;

  static Patience of(Options options) {
    return new Patience(
        Math.max(Options.ROUNDS, options.rounds()) * BAD_ROUND,
        GOOD_TIMES + Math.max(0, options.rounds() - Options.ROUNDS) * GOOD_ROUND);
  }
}
