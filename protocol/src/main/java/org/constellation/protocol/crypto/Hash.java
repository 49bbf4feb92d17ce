package org.constellation.protocol.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/** A SHA-256 value. Immutable; ordered as an unsigned big-endian number. */
public final class Hash implements Comparable<Hash> {

  /** Length in bytes. */
  public static final int LENGTH = 32;

  /** Thirty-two zero bytes: the predecessor of what has none. */
  public static final Hash ZERO = new Hash(new byte[LENGTH]);

  private final byte[] bytes;

  private Hash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Wraps a copy of {@code bytes}.
   *
   * @throws IllegalArgumentException unless there are exactly {@value #LENGTH} bytes
   */
  public static Hash of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return new Hash(bytes.clone());
  }

  /** Takes ownership of {@code bytes}: the caller must have made them and must not keep them. */
  static Hash owning(byte[] bytes) {
    return new Hash(bytes);
  }

  /**
   * Reads 64 hexadecimal digits.
   *
   * @throws IllegalArgumentException if {@code hex} is anything else
   */
  public static Hash fromHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** A copy of the 32 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Lends the bytes to a digest without copying; no reference to them leaves this package. */
  byte[] shared() {
    return bytes;
  }

  /** All 64 hexadecimal digits, in lower case. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public int compareTo(Hash other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that && Arrays.equals(bytes, that.bytes);
  }

  /** The first four bytes: they are as evenly spread as any function of them. */
  @Override
  public int hashCode() {
    return bytes[0] << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
  }

  /** The first eight hexadecimal digits, enough for a reader of logs. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes, 0, 4);
  }
}
