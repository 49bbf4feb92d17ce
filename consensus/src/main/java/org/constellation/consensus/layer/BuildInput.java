package org.constellation.consensus.layer;

import java.util.List;
import org.constellation.protocol.crypto.Hash;

/**
 * Everything that a block is a function of, beside the block before it.
 *
 * @param round the block's round
 * @param previous hash of the block before it
 * @param agreed by ascending proposer
 * @param beacon nobody knew it before the proposals were fixed
 */
public record BuildInput(long round, Hash previous, List<AgreedProposal> agreed, Hash beacon) {

  public BuildInput {
    agreed = List.copyOf(agreed);
  }
}
