package org.constellation.blackhole.ledger;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.constellation.blackhole.ledger.BlockReading.Parties;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.star.StarId;

/** Where the ledger is kept. A block is written as a whole or not at all. */
public interface LedgerTables {

  /** Writes what exists before the first block, if it is not there. */
  void begin(Genesis genesis);

  /** The newest block stored. */
  Optional<Stored> newest();

  /** A block's hash and bytes. */
  Optional<Stored> block(long height);

  /** Where a transaction was settled; nothing unless it was. */
  Optional<Settlement> settlement(Hash transaction);

  /** Evidence that had an effect, by its place in a block. */
  Optional<Accusation> accusation(long height, int position);

  /** The executed half-block at a place of a star's chain. */
  Optional<Placed> placed(StarId star, long sequence);

  /** Who takes part in these transactions, as far as they are known. */
  Map<Hash, Parties> parties(Set<Hash> transactions);

  /** Writes a block that is not there yet. */
  void write(BlockRows rows);

  /**
   * Where to find the two halves of a settled transaction, and what settled it.
   *
   * @param agreedHeight below the settled height where the agreement waited for its proposal
   */
  record Settlement(long proposedHeight, long agreedHeight, long settledHeight, Hash agreement) {}

  /**
   * An executed half-block.
   *
   * @param height of the block that has it
   */
  record Placed(Hash id, long height) {}

  /**
   * What convicted somebody.
   *
   * @param culprit a star's first key, or a member's operational key
   */
  record Accusation(PublicKey culprit, Bytes evidence) {}

  /** A stored block. */
  record Stored(long height, Hash hash, Bytes encoded) {}
}
