package org.constellation.consensus.cluster;

import java.util.List;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.Hash;

/**
 * A facilitator's batch.
 *
 * @param previous hash of the block before: a proposal for another one counts as empty
 * @param galaxyHeight the highest that the proposer has executed
 * @param timeMillis the proposer's clock
 * @param latenessMillis by member
 * @param segments references, in the order in which they should stand
 */
record ClusterProposal(
    Hash previous,
    long galaxyHeight,
    long timeMillis,
    List<Integer> latenessMillis,
    List<Hash> segments,
    List<Evidence> evidence) {

  ClusterProposal {
    latenessMillis = List.copyOf(latenessMillis);
    segments = List.copyOf(segments);
    evidence = List.copyOf(evidence);
  }
}
