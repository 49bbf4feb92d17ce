package org.constellation.protocol.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.constellation.protocol.Bytes;

/**
 * The network's one hash function, SHA-256 over length-prefixed parts of which the first is a
 * domain tag: {@code H(x1..xk) = SHA-256(len32(x1) || x1 || ... || len32(xk) || xk)}. The prefixes
 * make the parts unambiguous, the tag keeps a value made for one purpose from serving another.
 */
public final class Hashing {

  /** Most hashes are of less: their parts reach the digest in one piece. */
  private static final int GATHERED_BYTES = 256;

  /** Copied for each hash, which costs a fraction of asking the providers for one. */
  private static final MessageDigest UNUSED = sha256();

  private final MessageDigest digest = copy();
  private final byte[] gathered = new byte[GATHERED_BYTES];
  private int count;

  private Hashing(String tag) {
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
    if (part.length > GATHERED_BYTES) {
      passOn();
      digest.update(part);
    } else {
      makeRoom(part.length);
      System.arraycopy(part, 0, gathered, count, part.length);
      count += part.length;
    }
    return this;
  }

  /** Adds one part. */
  public Hashing bytes(Bytes part) {
    length(part.length());
    for (var from = 0; from < part.length(); ) {
      makeRoom(1);
      var some = Math.min(part.length() - from, GATHERED_BYTES - count);
      part.copyTo(gathered, count, from, some);
      count += some;
      from += some;
    }
    return this;
  }

  /** Adds one part of 32 bytes. */
  public Hashing hash(Hash part) {
    return bytes(part.shared());
  }

  /** Adds one part of 32 bytes. */
  public Hashing key(PublicKey part) {
    return bytes(part.shared());
  }

  /** Adds one part of eight bytes, big-endian. */
  public Hashing number(long part) {
    length(Long.BYTES);
    makeRoom(Long.BYTES);
    for (var shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      gathered[count++] = (byte) (part >>> shift);
    }
    return this;
  }

  /** Adds one part, the UTF-8 bytes of {@code part}. */
  public Hashing text(String part) {
    return bytes(part.getBytes(StandardCharsets.UTF_8));
  }

  /** The hash of all parts; the object must not be used afterwards. */
  public Hash finish() {
    passOn();
    return Hash.owning(digest.digest());
  }

  private void length(int bytes) {
    makeRoom(Integer.BYTES);
    gathered[count++] = (byte) (bytes >>> 24);
    gathered[count++] = (byte) (bytes >>> 16);
    gathered[count++] = (byte) (bytes >>> 8);
    gathered[count++] = (byte) bytes;
  }

  private void makeRoom(int bytes) {
    if (GATHERED_BYTES - count < bytes) {
      passOn();
    }
  }

  private void passOn() {
    digest.update(gathered, 0, count);
    count = 0;
  }

  private static MessageDigest copy() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the runtime's SHA-256 cannot be copied", e);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
