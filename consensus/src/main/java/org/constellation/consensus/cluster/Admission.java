package org.constellation.consensus.cluster;

import org.constellation.protocol.block.Outcome;

/** What became of a segment that a star sent. */
public sealed interface Admission {

  /**
   * It will be proposed as soon as its turn comes.
   *
   * @param fresh whether it was not there before
   */
  record Pooled(boolean fresh) implements Admission {}

  /** It stands in a checkpoint already. */
  record Included() implements Admission {}

  /** It cannot be included as things are. */
  record Rejected(Outcome reason) implements Admission {}

  /** One of the pool's limits is reached: it may be sent again later. */
  record Full(String limit) implements Admission {}
}
