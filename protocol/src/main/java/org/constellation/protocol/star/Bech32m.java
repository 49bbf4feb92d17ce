package org.constellation.protocol.star;

import java.util.Arrays;
import java.util.Locale;

/**
 * Bech32m, the checksummed text of BIP-350: a readable prefix, the separator {@code 1}, the data in
 * groups of five bits, and six characters of a code that finds any error in up to four characters.
 */
final class Bech32m {

  /** Longest text for which the code gives its guarantee. */
  static final int TEXT_LENGTH_MAX = 90;

  private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final char SEPARATOR = '1';
  private static final int CHECKSUM_LENGTH = 6;
  private static final int GROUP_BITS = 5;

  /** What distinguishes bech32m from bech32 (BIP-350). */
  private static final int CHECKSUM_CONSTANT = 0x2bc830a3;

  private static final int[] GENERATOR = {
    0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3
  };

  private Bech32m() {}

  /** Prefix and data of a text, the data still in groups of five bits, one to a byte. */
  static final class Decoded {

    private final String prefix;
    private final byte[] groups;

    private Decoded(String prefix, byte[] groups) {
      this.prefix = prefix;
      this.groups = groups;
    }

    String prefix() {
      return prefix;
    }

    byte[] groups() {
      return groups.clone();
    }

    /** The data as bytes; fails if it is not a whole number of bytes, padded with zero bits. */
    byte[] toBytes() {
      var bytes = new byte[groups.length * GROUP_BITS / Byte.SIZE];
      var pending = 0;
      var bits = 0;
      var length = 0;
      for (var group : groups) {
        pending = (pending << GROUP_BITS | group) & 0xfff;
        bits += GROUP_BITS;
        if (bits >= Byte.SIZE) {
          bits -= Byte.SIZE;
          bytes[length++] = (byte) (pending >>> bits);
        }
      }
      if (bits >= GROUP_BITS || (pending & (1 << bits) - 1) != 0) {
        throw new MalformedStarId("its last character stands for bits that should not be there");
      }
      return bytes;
    }
  }

  /** Writes {@code data} after {@code prefix}, in lower case. */
  static String encode(String prefix, byte[] data) {
    return encodeGroups(prefix, groups(data));
  }

  static String encodeGroups(String prefix, byte[] groups) {
    var text = new StringBuilder(prefix).append(SEPARATOR);
    for (var group : groups) {
      text.append(ALPHABET.charAt(group));
    }
    var checksum =
        checksum(prefix, Arrays.copyOf(groups, groups.length + CHECKSUM_LENGTH))
            ^ CHECKSUM_CONSTANT;
    for (var i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
      text.append(ALPHABET.charAt((checksum >>> (GROUP_BITS * i)) & 31));
    }
    return text.toString();
  }

  /**
   * Reads a text.
   *
   * @throws MalformedStarId if it is not bech32m
   */
  static Decoded decode(String text) {
    if (text.length() > TEXT_LENGTH_MAX) {
      throw new MalformedStarId("is longer than " + TEXT_LENGTH_MAX + " characters");
    }
    var lowerCase = lowerCaseOf(text);
    var separator = lowerCase.lastIndexOf(SEPARATOR);
    if (separator < 1) {
      throw new MalformedStarId("has no prefix that ends with 1");
    }
    if (lowerCase.length() - separator - 1 < CHECKSUM_LENGTH) {
      throw new MalformedStarId("is too short to have a checksum");
    }
    var prefix = lowerCase.substring(0, separator);
    var groups = new byte[lowerCase.length() - separator - 1];
    for (var i = 0; i < groups.length; i++) {
      var group = ALPHABET.indexOf(lowerCase.charAt(separator + 1 + i));
      if (group < 0) {
        throw new MalformedStarId("has a character that is not used: " + (separator + 2 + i));
      }
      groups[i] = (byte) group;
    }
    if (checksum(prefix, groups) != CHECKSUM_CONSTANT) {
      throw new MalformedStarId("has a wrong checksum, so a character is mistyped");
    }
    return new Decoded(prefix, Arrays.copyOf(groups, groups.length - CHECKSUM_LENGTH));
  }

  private static String lowerCaseOf(String text) {
    for (var i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 33 || text.charAt(i) > 126) {
        throw new MalformedStarId("has a character that is not used: " + (i + 1));
      }
    }
    var lowerCase = text.toLowerCase(Locale.ROOT);
    if (!lowerCase.equals(text) && !text.toUpperCase(Locale.ROOT).equals(text)) {
      throw new MalformedStarId("mixes upper and lower case");
    }
    return lowerCase;
  }

  private static byte[] groups(byte[] data) {
    var groups = new byte[(data.length * Byte.SIZE + GROUP_BITS - 1) / GROUP_BITS];
    for (var bit = 0; bit < data.length * Byte.SIZE; bit++) {
      var isSet = (data[bit / Byte.SIZE] >>> (Byte.SIZE - 1 - bit % Byte.SIZE)) & 1;
      groups[bit / GROUP_BITS] |= (byte) (isSet << (GROUP_BITS - 1 - bit % GROUP_BITS));
    }
    return groups;
  }

  /** The checksum polynomial over the prefix's expansion and {@code groups} (BIP-173). */
  private static int checksum(String prefix, byte[] groups) {
    var state = 1;
    for (var i = 0; i < prefix.length(); i++) {
      state = step(state, prefix.charAt(i) >>> GROUP_BITS);
    }
    state = step(state, 0);
    for (var i = 0; i < prefix.length(); i++) {
      state = step(state, prefix.charAt(i) & 31);
    }
    for (var group : groups) {
      state = step(state, group);
    }
    return state;
  }

  private static int step(int state, int group) {
    var top = state >>> 25;
    var next = (state & 0x1ffffff) << GROUP_BITS ^ group;
    for (var i = 0; i < GENERATOR.length; i++) {
      if ((top >>> i & 1) != 0) {
        next ^= GENERATOR[i];
      }
    }
    return next;
  }
}
