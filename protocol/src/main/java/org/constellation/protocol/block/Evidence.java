package org.constellation.protocol.block;

import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.envelope.SignedMessage;

/** Two statements of which an honest signer makes at most one. */
public sealed interface Evidence {

  /**
   * Two half-blocks of one star at one sequence, each the first of a signed segment. A second
   * signature over the same half-block is no fork: ids cover bodies only.
   */
  record Fork(Segment first, Segment second) implements Evidence {}

  /** Two values of one member in one slot. */
  record DoubleVote(SignedMessage first, SignedMessage second) implements Evidence {}
}
