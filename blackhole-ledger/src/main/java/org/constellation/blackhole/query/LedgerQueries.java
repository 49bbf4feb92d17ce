package org.constellation.blackhole.query;

import java.util.Optional;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;

/**
 * What may be asked. Pages go on after the key that the page before gave as {@link Page#next}, and
 * hold from 1 to {@link Page#LIMIT_MAX} items.
 */
public interface LedgerQueries {

  /** An answer that would take longer is not given. */
  int SECONDS_MAX = 5;

  /** Blocks above {@code after}, ascending. */
  Page<BlockView> blocks(long after, int limit);

  /** The block of a height. */
  Optional<BlockView> block(long height);

  /** The newest block. */
  Optional<BlockView> latestBlock();

  /** A half-block that advanced its star's chain. */
  Optional<HalfBlockView> halfBlock(Hash id);

  /** Half-blocks of a block, by id. */
  Page<HalfBlockView> halfBlocksOf(long height, Optional<Hash> after, int limit);

  /** A star's half-blocks above the sequence {@code after}, ascending. */
  Page<HalfBlockView> chain(StarId star, long after, int limit);

  /** A transaction whose proposal advanced its star's chain. */
  Optional<TransactionView> transaction(Hash id);

  /** Transactions that a star proposed or was offered, in the order of their proposals. */
  Page<TransactionView> transactionsOf(StarId star, TransactionPlace after, int limit);

  /** Transactions with a leg in an asset, by id. */
  Page<TransactionView> transactionsMoving(AssetId asset, Optional<Hash> after, int limit);

  /** A star that the ledger has met. */
  Optional<StarView> star(StarId star);

  /** What a star has, by asset; nothing of what it has on hold. */
  Page<BalanceView> balances(StarId star, Optional<AssetId> after, int limit);

  /** Who has some of an asset, by star. */
  Page<BalanceView> holders(AssetId asset, Optional<StarId> after, int limit);

  /** All assets, by id. */
  Page<AssetView> assets(Optional<AssetId> after, int limit);

  /** Whether the ledger has this asset. */
  boolean isDefined(AssetId asset);

  /** An asset with its figures. */
  Optional<AssetView> asset(AssetId asset);

  /** Evidence that stands after a place, in the ledger's order. */
  Page<EvidenceView> evidence(EvidencePlace after, int limit);

  /** Evidence of a block, from the position after {@code after} on. */
  Page<EvidenceView> evidenceOf(long height, int after, int limit);

  /** Evidence against a star, or a member that serves it, in the ledger's order. */
  Page<EvidenceView> evidenceAgainst(StarId star, EvidencePlace after, int limit);
}
