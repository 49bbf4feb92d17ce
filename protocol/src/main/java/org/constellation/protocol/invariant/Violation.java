package org.constellation.protocol.invariant;

/** An invariant does not hold: a defect of whoever executed the block. */
public record Violation(Invariant invariant, String detail) {

  /** The invariants that are watched. */
  public enum Invariant {
    /** A star's executed half-blocks form one chain, from its home and under its key. */
    CHAIN,
    /** A transaction takes effect at most once. */
    ONCE,
    /** Balances and holds are what was issued less what was burnt. */
    CONSERVATION
  }
}
