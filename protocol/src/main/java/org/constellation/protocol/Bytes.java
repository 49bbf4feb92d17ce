package org.constellation.protocol;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;

/** An immutable byte string, for records that carry exact bytes. */
public final class Bytes {

  /** No bytes at all. */
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] bytes;

  private Bytes(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of {@code bytes}. */
  public static Bytes copyOf(byte[] bytes) {
    return new Bytes(bytes.clone());
  }

  /** All of {@code parts} in their order. */
  public static Bytes concatenation(Collection<Bytes> parts) {
    var whole = ByteBuffer.allocate(parts.stream().mapToInt(Bytes::length).sum());
    parts.forEach(part -> whole.put(part.bytes));
    return new Bytes(whole.array());
  }

  /** How many there are. */
  public int length() {
    return bytes.length;
  }

  /** A copy that the caller may change. */
  public byte[] toArray() {
    return bytes.clone();
  }

  /** Copies {@code length} bytes from {@code from} on to {@code target}, from {@code at} on. */
  public void copyTo(byte[] target, int at, int from, int length) {
    System.arraycopy(bytes, from, target, at, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The first bytes in hexadecimal, and how many there are in all. */
  @Override
  public String toString() {
    var shown = Math.min(8, bytes.length);
    return HexFormat.of().formatHex(bytes, 0, shown) + "(" + bytes.length + " bytes)";
  }
}
