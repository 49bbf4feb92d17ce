package org.constellation.protocol.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An Ed25519 public key as its 32 bytes (RFC 8032 §5.1.2). Immutable; ordered as unsigned bytes,
 * the order in which committees number their members. Any 32 bytes make one: whether they are a
 * point that signatures may be checked against is {@link AcceptanceRule}'s business.
 */
public final class PublicKey implements Comparable<PublicKey> {

  /** Length in bytes. */
  public static final int LENGTH = 32;

  private final byte[] bytes;

  private PublicKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Wraps a copy of {@code bytes}.
   *
   * @throws IllegalArgumentException unless there are exactly {@value #LENGTH} bytes
   */
  public static PublicKey of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a public key has 32 bytes, not " + bytes.length);
    }
    return new PublicKey(bytes.clone());
  }

  /**
   * Reads 64 hexadecimal digits.
   *
   * @throws IllegalArgumentException if {@code hex} is anything else
   */
  public static PublicKey fromHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** A copy of the 32 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Lends the bytes without copying; no reference to them leaves this package. */
  byte[] shared() {
    return bytes;
  }

  /** All 64 hexadecimal digits, in lower case. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public int compareTo(PublicKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey that && Arrays.equals(bytes, that.bytes);
  }

  /** Mixes all bytes: unlike a hash, a key is chosen by its owner, who may grind a prefix. */
  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The first eight hexadecimal digits, enough for a reader of logs. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes, 0, 4);
  }
}
