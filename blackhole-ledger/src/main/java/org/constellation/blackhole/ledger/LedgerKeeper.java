package org.constellation.blackhole.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.constellation.platform.follow.BlockRefused;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.platform.follow.LedgerListener;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.observe.TransactionTrail;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Stores every followed block, each in one database transaction. A block that is there already is
 * passed over if it is the same, and refused if it is another.
 */
public final class LedgerKeeper implements LedgerListener {

  /** Height of the newest stored block. */
  static final String STORED_HEIGHT = "constellation.stored.height";

  /** Time to store a block. */
  static final String STORE_DURATION = "constellation.store.duration";

  /** How long after the galaxy's own time for a block it was stored. */
  static final String STORE_LAG = "constellation.store.lag";

  /** Receipts in blocks that were stored; tag {@code code}, their outcomes. */
  static final String RECEIPTS = "constellation.receipts";

  private final LedgerTables tables;
  private final TransactionOperations transactions;
  private final AtomicLong height = new AtomicLong();
  private final Timer duration;
  private final Timer lag;
  private final Map<Outcome, Counter> receipts = new EnumMap<>(Outcome.class);
  private final Clock clock;

  /**
   * Keeps blocks in {@code tables}.
   *
   * @param transactions what runs in one of them is stored as a whole or not at all
   */
  public LedgerKeeper(
      LedgerTables tables, TransactionOperations transactions, MeterRegistry meters, Clock clock) {
    this.tables = tables;
    this.transactions = transactions;
    this.duration = meters.timer(STORE_DURATION);
    this.lag = meters.timer(STORE_LAG);
    this.clock = clock;
    meters.gauge(STORED_HEIGHT, height);
    // All from the beginning: the first conviction is an increase, too.
    for (var outcome : Outcome.values()) {
      receipts.put(outcome, meters.counter(RECEIPTS, Metrics.CODE, outcome.name()));
    }
  }

  /** Makes the tables ready for the network's blocks; not needed again, but harmless. */
  public void begin(Genesis genesis) {
    transactions.executeWithoutResult(_ -> tables.begin(genesis));
    height.set(tables.newest().map(LedgerTables.Stored::height).orElse(0L));
  }

  /** Height of the newest stored block; 0 before the first. */
  public long height() {
    return height.get();
  }

  @Override
  public boolean on(FollowedBlock block) {
    duration.record(() -> transactions.executeWithoutResult(_ -> store(block)));
    if (block.height() > height.get()) {
      block.block().receipts().forEach(this::count);
      TransactionTrail.receipted(block.block().receipts(), "stored", block.height());
    }
    height.set(block.height());
    var behind = clock.millis() - block.block().header().timeMillis();
    lag.record(Duration.ofMillis(Math.max(0, behind)));
    return true;
  }

  private void count(Receipt receipt) {
    var counter = receipts.get(receipt.outcome());
    if (counter != null) {
      counter.increment();
    }
  }

  private void store(FollowedBlock block) {
    var known = tables.block(block.height());
    if (known.isEmpty()) {
      tables.write(BlockReading.read(block, tables::parties));
    } else if (!known.get().hash().equals(block.block().header().hash())) {
      throw new BlockRefused(
          "block %d is stored as %s, now comes %s: two certified blocks at one height"
              .formatted(block.height(), known.get().hash(), block.block().header().hash()));
    }
  }
}
