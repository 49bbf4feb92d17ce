package org.constellation.consensus.coin;

import java.math.BigInteger;

/** A member's share of a committee's coin key. It prints as nothing. */
public final class SecretShare {

  /** Bytes of a share. */
  public static final int LENGTH = P256.SCALAR_LENGTH;

  private final BigInteger scalar;

  SecretShare(BigInteger scalar) {
    if (scalar.signum() <= 0 || scalar.compareTo(P256.ORDER) >= 0) {
      throw new IllegalArgumentException("not a share: out of range");
    }
    this.scalar = scalar;
  }

  /**
   * Reads a share.
   *
   * @throws IllegalArgumentException unless these are 32 bytes of a number between 0 and the order
   */
  public static SecretShare of(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException("not a share: its length is wrong");
    }
    return new SecretShare(new BigInteger(1, bytes));
  }

  /** The 32 bytes to be encrypted to their owner. */
  public byte[] toBytes() {
    return P256.encode(scalar);
  }

  /** The point against which this share's use is verified. */
  public P256Point publicShare() {
    return P256Point.of(P256.multiplySecret(P256.G, scalar));
  }

  BigInteger scalar() {
    return scalar;
  }

  @Override
  public String toString() {
    return "SecretShare";
  }
}
