package org.constellation.consensus.galaxy;

import java.util.List;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.notice.Notice;

/**
 * A galaxy member's batch.
 *
 * @param previous hash of the block before: a proposal for another one counts as empty
 * @param timeMillis the proposer's clock
 * @param latenessMillis by member
 * @param checkpoints hashes of the headers of certified checkpoints, each cluster's in round order
 */
record GalaxyProposal(
    Hash previous,
    long timeMillis,
    List<Integer> latenessMillis,
    List<Hash> checkpoints,
    List<Notice> notices,
    List<Evidence> evidence,
    List<TableVote> votes) {

  GalaxyProposal {
    latenessMillis = List.copyOf(latenessMillis);
    checkpoints = List.copyOf(checkpoints);
    notices = List.copyOf(notices);
    evidence = List.copyOf(evidence);
    votes = List.copyOf(votes);
  }
}
