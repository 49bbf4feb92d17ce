package org.constellation.star.account.web;

import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.crypto.Hash;
import org.constellation.star.account.ChainEntry;
import org.constellation.star.api.Inputs;
import org.jspecify.annotations.Nullable;

/**
 * A half-block of a star's chain as users read it.
 *
 * @param bytes the exact encoding, in base64
 * @param transaction that it concerns, null for none
 * @param outcome of the galaxy's receipt when it was executed, null until then
 */
record ChainEntryView(
    long sequence,
    String id,
    String bytes,
    @Nullable String transaction,
    @Nullable Outcome outcome,
    @Nullable Long height) {

  static ChainEntryView of(ChainEntry entry) {
    Hash transaction = entry.transaction();
    return new ChainEntryView(
        entry.sequence(),
        entry.id().toHex(),
        Inputs.show(entry.bytes()),
        transaction == null ? null : transaction.toHex(),
        entry.outcome(),
        entry.outcome() == null ? null : entry.height());
  }
}
