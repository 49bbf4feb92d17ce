package org.constellation.protocol.star;

import org.constellation.protocol.crypto.PublicKey;

/**
 * Who a star is: the first public key that it ever had, for good, also after that key was changed.
 * Ordered as unsigned bytes. Its text is bech32m with the prefix {@code star}, so that a mistyped
 * character is noticed before money moves.
 *
 * @param key the star's first key
 */
public record StarId(PublicKey key) implements Comparable<StarId> {

  /** Length in bytes. */
  public static final int LENGTH = PublicKey.LENGTH;

  /** No star: its key is a point of small order, for which no signature is accepted. */
  public static final StarId NOBODY = StarId.of(new byte[LENGTH]);

  private static final String PREFIX = "star";

  /**
   * The star with these 32 bytes.
   *
   * @throws IllegalArgumentException unless there are exactly {@value #LENGTH} bytes
   */
  public static StarId of(byte[] bytes) {
    return new StarId(PublicKey.of(bytes));
  }

  /**
   * Reads what {@link #toString} wrote, also when it is all in upper case.
   *
   * @throws MalformedStarId with a reason fit for the one who typed it
   */
  public static StarId parse(String text) {
    var decoded = Bech32m.decode(text);
    if (!decoded.prefix().equals(PREFIX)) {
      throw new MalformedStarId("begins with " + decoded.prefix() + "1 instead of star1");
    }
    var bytes = decoded.toBytes();
    if (bytes.length != LENGTH) {
      throw new MalformedStarId("stands for " + bytes.length + " bytes instead of 32");
    }
    return of(bytes);
  }

  /** A copy of the 32 bytes. */
  public byte[] toBytes() {
    return key.toBytes();
  }

  @Override
  public int compareTo(StarId other) {
    return key.compareTo(other.key);
  }

  /** The text of 63 characters, {@code star1…}. */
  @Override
  public String toString() {
    return Bech32m.encode(PREFIX, key.toBytes());
  }
}
