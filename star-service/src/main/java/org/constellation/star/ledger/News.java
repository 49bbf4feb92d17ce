package org.constellation.star.ledger;

import org.constellation.consensus.cluster.Verdict;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.chain.Segment;

/**
 * Takes what was read and checked. Every call says whether it did; while too much is unapplied it
 * does not, and the same is to be brought again.
 */
public interface News {

  /** A segment with proposals; its signature holds. */
  boolean delivered(Segment segment);

  /** A verdict that no later state lifts; so many facilitators gave it that it holds. */
  boolean refused(Verdict verdict);

  /** A checkpoint; its certificate holds. */
  boolean promised(CertifiedCheckpoint checkpoint);
}
