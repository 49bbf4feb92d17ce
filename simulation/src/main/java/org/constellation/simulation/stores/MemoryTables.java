package org.constellation.simulation.stores;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.constellation.blackhole.ledger.BlockReading.Parties;
import org.constellation.blackhole.ledger.BlockRows;
import org.constellation.blackhole.ledger.LedgerTables;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.SimpleTransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/** A blackhole-ledger's tables, as far as blocks go in and out; queries have tests of their own. */
public final class MemoryTables implements LedgerTables {

  private final Commits commits;
  private final TreeMap<Long, Stored> blocks = new TreeMap<>();
  private final TreeMap<Hash, Parties> parties = new TreeMap<>();
  private final Map<StarId, TreeMap<Long, Placed>> chains = new TreeMap<>();
  private @Nullable BlockRows written;

  /** Empty ones. */
  public MemoryTables(Commits commits) {
    this.commits = commits;
  }

  /** Transactions over these tables. */
  public TransactionOperations transactions() {
    return new TransactionOperations() {
      @Override
      public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
        written = null;
        var result = action.doInTransaction(new SimpleTransactionStatus());
        var rows = written;
        written = null;
        if (rows != null) {
          commits.commit(() -> apply(rows));
        }
        return result;
      }
    };
  }

  @Override
  public void begin(Genesis genesis) {}

  @Override
  public Optional<Stored> newest() {
    return Optional.ofNullable(blocks.lastEntry()).map(Map.Entry::getValue);
  }

  @Override
  public Optional<Stored> block(long height) {
    return Optional.ofNullable(blocks.get(height));
  }

  @Override
  public Optional<Settlement> settlement(Hash transaction) {
    return Optional.empty();
  }

  @Override
  public Optional<Accusation> accusation(long height, int position) {
    return Optional.empty();
  }

  @Override
  public Optional<Placed> placed(StarId star, long sequence) {
    return Optional.ofNullable(chains.get(star)).map(chain -> chain.get(sequence));
  }

  @Override
  public Map<Hash, Parties> parties(Set<Hash> transactions) {
    var found = new LinkedHashMap<Hash, Parties>();
    for (var id : transactions) {
      var one = parties.get(id);
      if (one != null) {
        found.put(id, one);
      }
    }
    return found;
  }

  @Override
  public void write(BlockRows rows) {
    written = rows;
  }

  /** Loses all blocks above a height, as a database does that comes back from a copy. */
  public void backTo(long height) {
    blocks.tailMap(height, false).clear();
    chains.values().forEach(chain -> chain.values().removeIf(placed -> placed.height() > height));
  }

  private void apply(BlockRows rows) {
    var header = rows.header();
    if (blocks.containsKey(header.height())) {
      throw new IllegalStateException("is there already: block " + header.height());
    }
    blocks.put(header.height(), new Stored(header.height(), header.hash(), rows.encoded()));
    for (var row : rows.halfBlocks()) {
      chains
          .computeIfAbsent(row.halfBlock().star(), _ -> new TreeMap<>())
          .putIfAbsent(
              row.halfBlock().sequence(), new Placed(row.halfBlock().id(), header.height()));
    }
    for (var row : rows.proposals()) {
      parties.put(
          row.halfBlock().id(),
          new Parties(
              row.halfBlock().star(), row.proposal().counterparty(), row.proposal().legs()));
    }
  }
}
