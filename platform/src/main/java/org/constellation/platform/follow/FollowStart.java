package org.constellation.platform.follow;

import java.util.Optional;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.state.LedgerState;

/**
 * Where a follower begins: right after a block that it may believe.
 *
 * @param network hash of the genesis file
 * @param height of that block, 0 for genesis
 * @param hash of that block
 * @param time the ledger's clock there
 * @param galaxy the committee whose certificates count from there on
 * @param state after that block; without one the follower is light: it verifies certificates and
 *     the roots over content and receipts, and executes nothing
 */
public record FollowStart(
    Hash network,
    long height,
    Hash hash,
    LedgerTime time,
    EraPlan galaxy,
    Optional<LedgerState> state) {

  /** From the first block, executing. */
  public static FollowStart executingFrom(Genesis genesis) {
    var light = lightFrom(genesis);
    return new FollowStart(
        light.network,
        0,
        light.hash,
        light.time,
        light.galaxy,
        Optional.of(LedgerState.genesis(genesis)));
  }

  /** From the first block, without executing. */
  public static FollowStart lightFrom(Genesis genesis) {
    return new FollowStart(
        genesis.network(),
        0,
        GalaxyHeader.genesisOf(genesis.network()),
        LedgerTime.startingAt(genesis.timeMillis()),
        genesis.galaxy(),
        Optional.empty());
  }

  /**
   * After a block that was verified before, with the state that belongs to it.
   *
   * @throws IllegalArgumentException if it is not that block's
   */
  public static FollowStart executingAfter(GalaxyHeader header, LedgerState state) {
    if (!state.root().equals(header.stateRoot()) || state.height() != header.height()) {
      throw new IllegalArgumentException("not the state of block " + header.height());
    }
    return new FollowStart(
        header.network(),
        header.height(),
        header.hash(),
        timeOf(header),
        state.galaxyPlan(),
        Optional.of(state));
  }

  static LedgerTime timeOf(GalaxyHeader header) {
    return new LedgerTime(header.timeMillis(), header.tick(), header.stepTimeMillis());
  }
}
