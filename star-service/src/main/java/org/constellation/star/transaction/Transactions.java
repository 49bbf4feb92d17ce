package org.constellation.star.transaction;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;

/** The stored transactions, for reading. */
public interface Transactions {

  /** Those of these that are stored. */
  Map<Hash, Transaction> findAll(Collection<Hash> ids);

  /**
   * A star's transactions by their latest change: each stands once, where it changed last.
   *
   * @param afterChange of the last one that is known already, 0 for all
   */
  List<Transaction> changedAfter(StarId star, long afterChange, int limit);

  /** A star's transactions that have not ended, from {@code after} on. */
  List<Transaction> open(StarId star, OpenPlace after, int limit);

  /** All proposals of a star's own that have not ended: as many as the ledger lets it hold. */
  List<Hash> openProposals(StarId star);

  /** The last place in the feed that was given away. */
  long lastChange();
}
