package org.constellation.blackhole.serving;

import org.constellation.blackhole.ledger.LedgerTables;
import org.constellation.platform.follow.FollowStart;
import org.constellation.platform.snapshot.Snapshots;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.GalaxyCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state after the newest stored block, by executing what is stored since the last snapshot.
 * Signatures were vouched for when the blocks were taken in; that every root still comes out as
 * certified shows that the store was not changed.
 */
public final class StoredChain {

  private static final Logger LOG = LoggerFactory.getLogger(StoredChain.class);

  private final Snapshots snapshots;
  private final LedgerTables tables;
  private final SignatureVerifier verifier;

  /** Reads {@code tables} from the newest snapshot on; evidence is checked by {@code verifier}. */
  public StoredChain(Snapshots snapshots, LedgerTables tables, SignatureVerifier verifier) {
    this.verifier = verifier;
    this.snapshots = snapshots;
    this.tables = tables;
  }

  /**
   * Where to go on.
   *
   * @throws IllegalStateException if a stored block is damaged
   */
  public FollowStart start() {
    var height = tables.newest().map(LedgerTables.Stored::height).orElse(0L);
    var start = snapshots.startThrough(height);
    LOG.info("Executing {} stored blocks", height - start.height());
    for (var at = start.height() + 1; at <= height; at++) {
      var block = stored(at);
      if (!block.header().previous().equals(start.hash())) {
        throw new IllegalStateException("stored block " + at + " does not follow the one before");
      }
      var after = executed(start.state().orElseThrow(), block);
      start = FollowStart.executingAfter(block.header(), after);
    }
    return start;
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
