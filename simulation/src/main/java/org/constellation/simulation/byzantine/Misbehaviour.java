package org.constellation.simulation.byzantine;

/** How a member of a committee misbehaves. */
public enum Misbehaviour {
  /** Says nothing at all. */
  SILENT,
  /** Says one thing to some and another to the rest, and to a few both. */
  DOUBLE_VOTES,
  /** Shows some another proposal than the rest. */
  DOUBLE_PROPOSALS,
  /** Runs twice, with the same key. */
  TWIN,
  /** Leaves out some receivers. */
  WITHHOLDS,
  /** Breaks every share of a coin. */
  MALFORMED_SHARES,
  /** Adds votes that mean nothing. */
  NONSENSE,
  /** Sends bytes that are no message. */
  GARBLES,
  /** Hands on blocks that nobody certified. */
  GARBAGE_CERTIFICATES,
  /** Names bodies that do not exist. */
  ABSENT_BODIES,
  /** Proposes evidence against others that proves nothing. */
  FALSE_EVIDENCE,
  /** Proposes times of hours ago, and of hours to come. */
  FALSE_TIMES,
  /** Sends everything many times, and much besides. */
  FLOODS
}
