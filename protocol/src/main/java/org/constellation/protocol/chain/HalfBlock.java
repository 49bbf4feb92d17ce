package org.constellation.protocol.chain;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.star.StarId;

/**
 * One entry of a star's own chain (TrustChain's half-block). Its id covers the bytes that its maker
 * encoded, never a signature: signing again changes nothing.
 *
 * @param network hash of the genesis file
 * @param star whose chain it extends
 * @param sequence from 1, growing by 1
 * @param previous id of the half-block before it, zeroes for the first
 * @param body what it says
 * @param bytes the exact encoding
 * @param id hash of {@code bytes}
 */
public record HalfBlock(
    Hash network, StarId star, long sequence, Hash previous, Body body, Bytes bytes, Hash id) {

  /** Whatever is named by an id counts from 1. */
  public HalfBlock {
    if (sequence < 1) {
      throw new IllegalArgumentException("sequences start at 1, not at " + sequence);
    }
  }

  /** Longest encoding. */
  public static final int BYTES_MAX = 8 * 1024;

  /** The id that belongs to an encoding. */
  public static Hash idOf(byte[] bytes) {
    return Hashing.hash("CSTL-V1-HALF-BLOCK", bytes);
  }
}
