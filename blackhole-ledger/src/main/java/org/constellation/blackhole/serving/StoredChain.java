package org.constellation.blackhole.serving;

import org.constellation.blackhole.ledger.LedgerTables;
import org.constellation.platform.follow.FollowStart;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.GalaxyCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state after the newest stored block, by executing what is stored. Signatures were vouched for
 * when the blocks were taken in; that every root still comes out as certified shows that the store
 * was not changed.
 */
public final class StoredChain {

  private static final Logger LOG = LoggerFactory.getLogger(StoredChain.class);

  private final Genesis genesis;
  private final LedgerTables tables;
  private final SignatureVerifier verifier;

  /** Reads {@code tables}; evidence is checked by {@code verifier}. */
  public StoredChain(Genesis genesis, LedgerTables tables, SignatureVerifier verifier) {
    this.verifier = verifier;
    this.genesis = genesis;
    this.tables = tables;
  }

  /**
   * Where to go on.
   *
   * @throws IllegalStateException if a stored block is damaged
   */
  public FollowStart start() {
    var state = LedgerState.genesis(genesis);
    var newest = tables.newest();
    if (newest.isEmpty()) {
      return FollowStart.executingFrom(genesis);
    }
    var height = newest.get().height();
    LOG.info("Executing {} stored blocks", height);
    GalaxyHeader header = null;
    for (var at = 1L; at <= height; at++) {
      var block = stored(at);
      header = block.header();
      state = executed(state, block);
    }
    if (header == null) {
      throw new IllegalStateException("blocks begin at height 1");
    }
    return FollowStart.executingAfter(header, state);
  }

  private GalaxyBlock stored(long height) {
    return tables
        .block(height)
        .flatMap(stored -> GalaxyCodec.decode(stored.encoded()).toOptional())
        .orElseThrow(() -> new IllegalStateException("stored block " + height + " is damaged"));
  }

  private LedgerState executed(LedgerState before, GalaxyBlock block) {
    var header = block.header();
    var input =
        new BlockExecution.Input(
            header.height(),
            new LedgerTime(header.timeMillis(), header.tick(), header.stepTimeMillis()),
            header.beacon(),
            block.content());
    var after = BlockExecution.execute(before, input, SegmentCheck.certified(verifier)).state();
    if (!after.root().equals(header.stateRoot())) {
      throw new IllegalStateException(
          "stored block %d gives another state than was certified".formatted(header.height()));
    }
    return after;
  }
}
