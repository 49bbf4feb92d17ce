package org.constellation.consensus.coin;

import java.util.Arrays;
import java.util.HexFormat;

/** What a coin is tossed for: two tosses of one name have one outcome. Immutable. */
public final class CoinName {

  private final byte[] bytes;

  private CoinName(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The name of these bytes, which are copied. */
  static CoinName of(byte[] bytes) {
    return new CoinName(bytes.clone());
  }

  /** A copy of the bytes that are hashed. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CoinName that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
