package org.constellation.protocol.block;

import java.util.Optional;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;

/**
 * The galaxy's word about a subject; only this settles anything.
 *
 * @param subject id of a half-block, notice, or of the transaction itself where time ran out
 * @param transaction id of the transaction that it concerns, zeroes where there is none
 */
public record Receipt(Hash subject, Outcome outcome, Hash transaction) {

  /** What stands for it in the Merkle tree of a block's receipts. */
  public Hash digest() {
    return Hashing.tagged("CSTL-V1-RECEIPT")
        .hash(subject)
        .number(outcome.code())
        .hash(transaction)
        .finish();
  }

  /** The transaction that it concerns. */
  public Optional<Hash> concerned() {
    return transaction.equals(Hash.ZERO) ? Optional.empty() : Optional.of(transaction);
  }
}
