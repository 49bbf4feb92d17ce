package org.constellation.platform.follow;

import java.util.Optional;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.state.LedgerState;

/**
 * A galaxy block whose certificate this process has verified itself, in its place in the chain.
 *
 * @param block with content and receipts that its header covers
 * @param encoded as it travels
 * @param state after it, if the follower executes
 */
public record FollowedBlock(GalaxyBlock block, Bytes encoded, Optional<LedgerState> state) {

  /** Its height. */
  public long height() {
    return block.header().height();
  }
}
