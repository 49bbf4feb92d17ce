package org.constellation.blackhole.serving;

import java.util.Optional;
import org.constellation.blackhole.ledger.LedgerTables;
import org.constellation.platform.follow.BlockSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Hands out what is stored; nothing while the database is away: whoever pulls asks again. */
public final class StoredBlocks implements BlockSource {

  private static final Logger LOG = LoggerFactory.getLogger(StoredBlocks.class);

  private final LedgerTables tables;

  /** Reads {@code tables}. */
  public StoredBlocks(LedgerTables tables) {
    this.tables = tables;
  }

  @Override
  public Optional<Stored> block(long height) {
    try {
      return tables.block(height).map(stored -> new Stored(stored.hash(), stored.encoded()));
    } catch (DataAccessException e) {
      LOG.warn("Block {} cannot be read to be handed out: {}", height, e.getMessage());
      return Optional.empty();
    }
  }
}
