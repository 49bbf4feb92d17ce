package org.constellation.consensus.coin;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.math.ec.ECPoint;

/** A point of P-256 other than the one at infinity, as members publish it. Immutable. */
public final class P256Point {

  /** Bytes of a point: 02 or 03 for the sign of y, then x. */
  public static final int LENGTH = 33;

  private final ECPoint point;
  private final byte[] bytes;

  private P256Point(ECPoint point) {
    this.point = point.normalize();
    this.bytes = P256.encode(this.point);
  }

  static P256Point of(ECPoint point) {
    return new P256Point(point);
  }

  /** The point with these bytes, if they are the canonical ones of a point on the curve. */
  public static Optional<P256Point> decode(byte[] bytes) {
    if (bytes.length != LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(new P256Point(P256.decode(bytes)));
    } catch (IllegalArgumentException offCurveOrNotReduced) {
      return Optional.empty();
    }
  }

  /** A copy of the compressed encoding. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  ECPoint point() {
    return point;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof P256Point that && Arrays.equals(bytes, that.bytes);
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
