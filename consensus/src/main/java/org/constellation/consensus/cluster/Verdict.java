package org.constellation.consensus.cluster;

import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;

/**
 * Why this member does not propose a half-block, for the verdicts topic.
 *
 * @param halfBlock id of the last half-block of the segment that was turned down
 * @param reason the member's own view; {@link #isForGood} tells those that no later state lifts
 */
public record Verdict(StarId star, long sequence, Hash halfBlock, Outcome reason) {

  /** Whether no later state of the ledger can make the half-block includable. */
  public boolean isForGood() {
    return reason == Outcome.FORK || reason == Outcome.WRONG_NETWORK;
  }
}
