package org.constellation.star.account;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.crypto.Hash;
import org.jspecify.annotations.Nullable;

/**
 * A half-block of a star's own chain.
 *
 * @param bytes the exact encoding
 * @param transaction that it concerns, null for none
 * @param outcome of the galaxy's receipt, null while there is none
 * @param height of the galaxy block with that receipt, 0 while there is none
 */
public record ChainEntry(
    long sequence,
    Hash id,
    Bytes bytes,
    @Nullable Hash transaction,
    @Nullable Outcome outcome,
    long height) {}
