package org.constellation.star.ledger;

import org.constellation.consensus.cluster.Verdict;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.chain.Segment;

/** Takes what was read and checked. A call may wait while too much of it is unapplied. */
public interface News {

  /** A segment with proposals; its signature holds. */
  void delivered(Segment segment) throws InterruptedException;

  /** A verdict that no later state lifts; so many facilitators gave it that it holds. */
  void refused(Verdict verdict) throws InterruptedException;

  /** A checkpoint; its certificate holds. */
  void promised(CertifiedCheckpoint checkpoint) throws InterruptedException;
}
