package org.constellation.consensus;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The bytes that a vote puts in its slot. Immutable. */
public final class VoteValue {

  /** No vote needs more: the longest is a coin share of 97 bytes. */
  public static final int LENGTH_MAX = 128;

  /** No bytes: the slot alone says everything. */
  public static final VoteValue EMPTY = new VoteValue(new byte[0]);

  private final byte[] bytes;

  private VoteValue(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Wraps a copy of {@code bytes}.
   *
   * @throws IllegalArgumentException if there are more than {@value #LENGTH_MAX}
   */
  public static VoteValue of(byte[] bytes) {
    if (bytes.length > LENGTH_MAX) {
      throw new IllegalArgumentException("a vote has at most " + LENGTH_MAX + " bytes");
    }
    return new VoteValue(bytes.clone());
  }

  /** Wraps a copy of bytes from the wire, unless they are too many. */
  public static Optional<VoteValue> decode(byte[] bytes) {
    return bytes.length > LENGTH_MAX ? Optional.empty() : Optional.of(of(bytes));
  }

  /** The value of one byte, the low eight bits of {@code value}. */
  public static VoteValue ofByte(int value) {
    return new VoteValue(new byte[] {(byte) value});
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** The number of bytes. */
  public int length() {
    return bytes.length;
  }

  /**
   * The byte at {@code index} as a number from 0 to 255.
   *
   * @throws IndexOutOfBoundsException if there is none
   */
  public int at(int index) {
    return bytes[index] & 0xff;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VoteValue that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 4));
  }
}
