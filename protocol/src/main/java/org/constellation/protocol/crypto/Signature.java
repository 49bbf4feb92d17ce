package org.constellation.protocol.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * An Ed25519 signature as its 64 bytes, the point R and the scalar S (RFC 8032 §5.1.6). Immutable.
 */
public final class Signature {

  /** Length in bytes. */
  public static final int LENGTH = 64;

  private final byte[] bytes;

  private Signature(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Wraps a copy of {@code bytes}.
   *
   * @throws IllegalArgumentException unless there are exactly {@value #LENGTH} bytes
   */
  public static Signature of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("a signature has 64 bytes, not " + bytes.length);
    }
    return new Signature(bytes.clone());
  }

  /**
   * Reads 128 hexadecimal digits.
   *
   * @throws IllegalArgumentException if {@code hex} is anything else
   */
  public static Signature fromHex(String hex) {
    return of(HexFormat.of().parseHex(hex));
  }

  /** A copy of the 64 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** Lends the bytes without copying; no reference to them leaves this package. */
  byte[] shared() {
    return bytes;
  }

  /** All 128 hexadecimal digits, in lower case. */
  public String toHex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Signature that && Arrays.equals(bytes, that.bytes);
  }

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
