package org.constellation.protocol.block;

import java.nio.charset.StandardCharsets;
import org.constellation.protocol.crypto.Hash;

/**
 * A member's word for a table computed from the ledger up to a height.
 *
 * @param kind what the table holds
 * @param modelHash the rule that computed it
 */
public record TableVote(String kind, long asOfHeight, Hash modelHash, Hash digest) {

  /** Longest kind, in UTF-8 bytes. */
  public static final int KIND_BYTES_MAX = 32;

  public TableVote {
    if (asOfHeight < 0) {
      throw new IllegalArgumentException("a height is not negative");
    }
    if (kind.getBytes(StandardCharsets.UTF_8).length > KIND_BYTES_MAX) {
      throw new IllegalArgumentException("a kind has at most " + KIND_BYTES_MAX + " bytes");
    }
  }
}
