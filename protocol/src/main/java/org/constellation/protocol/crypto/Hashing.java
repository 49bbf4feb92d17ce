package org.constellation.protocol.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The network's one hash function, SHA-256 over length-prefixed parts of which the first is a
 * domain tag: {@code H(x1..xk) = SHA-256(len32(x1) || x1 || ... || len32(xk) || xk)}. The prefixes
 * make the parts unambiguous, the tag keeps a value made for one purpose from serving another.
 */
public final class Hashing {

  private final MessageDigest digest;

  private Hashing(String tag) {
    this.digest = sha256();
    bytes(tag.getBytes(StandardCharsets.US_ASCII));
  }

  /** Starts a hash in the domain {@code tag}, an ASCII name beginning with {@code CSTL-V1-}. */
  public static Hashing tagged(String tag) {
    return new Hashing(tag);
  }

  /** Hashes byte strings in the domain {@code tag}. */
  public static Hash hash(String tag, byte[]... parts) {
    var hashing = tagged(tag);
    for (var part : parts) {
      hashing.bytes(part);
    }
    return hashing.finish();
  }

  /** Adds one part. */
  public Hashing bytes(byte[] part) {
    length(part.length);
    digest.update(part);
    return this;
  }

  /** Adds one part of 32 bytes. */
  public Hashing hash(Hash part) {
    length(Hash.LENGTH);
    digest.update(part.shared());
    return this;
  }

  /** Adds one part of 32 bytes. */
  public Hashing key(PublicKey part) {
    return bytes(part.shared());
  }

  /** Adds one part of eight bytes, big-endian. */
  public Hashing number(long part) {
    length(Long.BYTES);
    for (var shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      digest.update((byte) (part >>> shift));
    }
    return this;
  }

  /** Adds one part, the UTF-8 bytes of {@code part}. */
  public Hashing text(String part) {
    return bytes(part.getBytes(StandardCharsets.UTF_8));
  }

  /** The hash of all parts; the object must not be used afterwards. */
  public Hash finish() {
    return Hash.owning(digest.digest());
  }

  private void length(int bytes) {
    digest.update((byte) (bytes >>> 24));
    digest.update((byte) (bytes >>> 16));
    digest.update((byte) (bytes >>> 8));
    digest.update((byte) bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
