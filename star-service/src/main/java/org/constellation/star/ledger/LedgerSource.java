package org.constellation.star.ledger;

import java.util.Optional;
import org.constellation.protocol.block.GalaxyBlock;

/** Where verified galaxy blocks come from. */
public interface LedgerSource extends LedgerView, AutoCloseable {

  /**
   * Begins to follow, from genesis or from a snapshot, and hands every block over in order. A
   * block's state is what {@link #state} gives by then, or a later one.
   */
  void start(Follower follower);

  /** Takes blocks that are verified. */
  @FunctionalInterface
  interface Follower {
    /** The next block; whether it was taken. If not, it comes again, and no further one before. */
    boolean next(GalaxyBlock block);
  }

  @Override
  Optional<String> trouble();

  @Override
  void close();
}
