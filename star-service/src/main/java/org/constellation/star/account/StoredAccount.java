package org.constellation.star.account;

import java.time.Instant;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.star.StarId;
import org.jspecify.annotations.Nullable;

/**
 * An account as it is stored.
 *
 * @param sealedKey the secret, encrypted under the master key; null where the owner keeps it
 * @param tokenHash of the owner's bearer token or login; null where the owner signs instead
 * @param signingKey signs the next half-block
 * @param headSequence of the last accepted half-block, 0 for none
 * @param headId of the last accepted half-block, zeroes for none
 * @param executedSequence of the last half-block with a receipt that extends the chain
 * @param joinNotice sent until the star has a home; null where it had one from the beginning
 * @param homed a galaxy block gave it a home
 */
public record StoredAccount(
    StarId star,
    @Nullable Bytes sealedKey,
    @Nullable Hash tokenHash,
    PublicKey signingKey,
    long headSequence,
    Hash headId,
    long executedSequence,
    @Nullable Bytes joinNotice,
    boolean homed,
    Instant openedAt) {

  /** Does this service sign for it? */
  public boolean isCustodial() {
    return sealedKey != null;
  }

  /**
   * With another half-block at its head, and the key that signs what follows it; another key than
   * before is not in custody until it is {@link #keeping kept}.
   */
  public StoredAccount withHead(long sequence, Hash id, PublicKey nextKey) {
    return new StoredAccount(
        star,
        nextKey.equals(signingKey) ? sealedKey : null,
        tokenHash,
        nextKey,
        sequence,
        id,
        executedSequence,
        joinNotice,
        homed,
        openedAt);
  }

  /** With receipts up to a sequence. */
  public StoredAccount executedUpTo(long sequence) {
    return new StoredAccount(
        star,
        sealedKey,
        tokenHash,
        signingKey,
        headSequence,
        headId,
        Math.max(executedSequence, sequence),
        joinNotice,
        homed,
        openedAt);
  }

  /** With a home. */
  public StoredAccount withHome() {
    return new StoredAccount(
        star,
        sealedKey,
        tokenHash,
        signingKey,
        headSequence,
        headId,
        executedSequence,
        joinNotice,
        true,
        openedAt);
  }

  /** With another key in custody. */
  public StoredAccount keeping(Bytes sealed, PublicKey key) {
    return new StoredAccount(
        star,
        sealed,
        tokenHash,
        key,
        headSequence,
        headId,
        executedSequence,
        joinNotice,
        homed,
        openedAt);
  }
}
