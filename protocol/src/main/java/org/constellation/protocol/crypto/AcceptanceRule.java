package org.constellation.protocol.crypto;

import java.util.HexFormat;

/**
 * The part of the network's acceptance rule that no provider is trusted with. Ed25519 libraries
 * disagree on odd keys and signatures (Chalkias, Garillot and Nikolaenko, "Taming the many EdDSAs",
 * 2020); members that accept different sets would split. So a signature (R, S) under a key A is
 * looked at only if
 *
 * <ul>
 *   <li>S is below the group order L,
 *   <li>the y coordinates of A and R are below p = 2^255 - 19, and
 *   <li>neither A nor R is one of the eight points of small order, in any encoding.
 * </ul>
 *
 * What passes is decided by the provider's equation without cofactor, on which all agree that
 * {@link Conformance} lets through. Comparisons are on the encoded little-endian bytes; inputs are
 * public, so none of this needs constant time.
 */
final class AcceptanceRule {

  private static final int COORDINATE = 32;

  /** L = 2^252 + 27742317777372353535851937790883648493, little-endian. */
  private static final byte[] ORDER =
      bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");

  /** p = 2^255 - 19, little-endian. */
  private static final byte[] PRIME =
      bytes("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");

  /**
   * The y coordinates of the eight points of small order: of order 1, 2, 4 and (two) 8. Each serves
   * both signs of x; encodings of them at or above p fail as not canonical.
   */
  private static final byte[][] SMALL_ORDER = {
    bytes("0100000000000000000000000000000000000000000000000000000000000000"),
    bytes("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    bytes("0000000000000000000000000000000000000000000000000000000000000000"),
    bytes("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    bytes("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
  };

  private AcceptanceRule() {}

  /** Whether the equation may be tried at all. */
  static boolean admits(PublicKey key, Signature signature) {
    var bytes = signature.shared();
    return isBelow(bytes, COORDINATE, ORDER, 0xff)
        && admitsPoint(bytes)
        && admitsPoint(key.shared());
  }

  /** Whether the first 32 bytes are a canonical y coordinate of a point not of small order. */
  private static boolean admitsPoint(byte[] encoded) {
    if (!isBelow(encoded, 0, PRIME, 0x7f)) {
      return false;
    }
    for (var small : SMALL_ORDER) {
      if (sameCoordinate(encoded, small)) {
        return false;
      }
    }
    return true;
  }

  /** Compares little-endian numbers; {@code topMask} removes the sign of x from the last byte. */
  private static boolean isBelow(byte[] bytes, int offset, byte[] bound, int topMask) {
    var mask = topMask;
    for (var i = COORDINATE - 1; i >= 0; i--) {
      var difference = (bytes[offset + i] & mask) - (bound[i] & 0xff);
      if (difference != 0) {
        return difference < 0;
      }
      mask = 0xff;
    }
    return false;
  }

  private static boolean sameCoordinate(byte[] encoded, byte[] y) {
    for (var i = 0; i < COORDINATE - 1; i++) {
      if (encoded[i] != y[i]) {
        return false;
      }
    }
    return (encoded[COORDINATE - 1] & 0x7f) == y[COORDINATE - 1];
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}
