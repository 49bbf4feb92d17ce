package org.constellation.protocol.chain;

import java.util.List;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.star.StarId;

/**
 * A run of consecutive half-blocks of one star under one signature over the last id: since ids
 * chain, it covers the whole run. Every suffix of a segment is a segment with the same signature.
 *
 * @param key the key that signed; whether it is the star's is decided at execution
 * @param halfBlocks 1 to {@value #LENGTH_MAX}, linked
 * @param reference names exactly this run with exactly this signature
 */
public record Segment(
    PublicKey key, List<HalfBlock> halfBlocks, Signature signature, Hash reference) {

  /** Most half-blocks under one signature. */
  public static final int LENGTH_MAX = 256;

  /** Most bytes of an encoded segment. */
  public static final int BYTES_MAX = 256 * 1024;

  /** Most bytes of its half-blocks; the rest is key, signature, and what frames them all. */
  public static final int CONTENT_BYTES_MAX = BYTES_MAX - 2 * 1024;

  /** Links are checked: a segment that exists is one run of one star in one network. */
  public Segment {
    halfBlocks = List.copyOf(halfBlocks);
    if (halfBlocks.isEmpty() || halfBlocks.size() > LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a segment has 1.." + LENGTH_MAX + " half-blocks, not " + halfBlocks.size());
    }
    if (halfBlocks.stream().mapToInt(halfBlock -> halfBlock.bytes().length()).sum()
        > CONTENT_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a segment's half-blocks have at most " + CONTENT_BYTES_MAX + " bytes");
    }
    for (var i = 1; i < halfBlocks.size(); i++) {
      requireLinked(halfBlocks.get(i - 1), halfBlocks.get(i));
    }
  }

  /** Names its reference itself. */
  public static Segment of(PublicKey key, List<HalfBlock> halfBlocks, Signature signature) {
    return new Segment(key, halfBlocks, signature, referenceOf(key, halfBlocks, signature));
  }

  private static Hash referenceOf(PublicKey key, List<HalfBlock> halfBlocks, Signature signature) {
    return Hashing.tagged("CSTL-V1-SEGMENT-REFERENCE")
        .bytes(key.toBytes())
        .number(halfBlocks.size())
        .hash(halfBlocks.getLast().id())
        .bytes(signature.toBytes())
        .finish();
  }

  /** The 32 bytes to sign for a run that ends in {@code lastId}. */
  public static byte[] signedMessage(Hash lastId) {
    return Hashing.tagged("CSTL-V1-SEGMENT").hash(lastId).finish().toBytes();
  }

  /** The context-free check. */
  public boolean isSignedBy(SignatureVerifier verifier) {
    return verifier.verify(key, signedMessage(last().id()), signature);
  }

  /** Whose chain this is a part of. */
  public StarId star() {
    return first().star();
  }

  /** The earliest half-block. */
  public HalfBlock first() {
    return halfBlocks.getFirst();
  }

  /** The latest half-block, whose id is signed. */
  public HalfBlock last() {
    return halfBlocks.getLast();
  }

  /**
   * The part from {@code sequence} on, itself a segment.
   *
   * @throws IllegalArgumentException if the run does not hold {@code sequence}
   */
  public Segment from(long sequence) {
    if (sequence < first().sequence() || sequence > last().sequence()) {
      throw new IllegalArgumentException("no sequence " + sequence + " in this segment");
    }
    if (sequence == first().sequence()) {
      return this;
    }
    return of(
        key,
        halfBlocks.subList((int) (sequence - first().sequence()), halfBlocks.size()),
        signature);
  }

  private static void requireLinked(HalfBlock before, HalfBlock after) {
    if (!after.network().equals(before.network())
        || !after.star().equals(before.star())
        || after.sequence() != before.sequence() + 1
        || !after.previous().equals(before.id())) {
      throw new IllegalArgumentException("half-blocks do not link at " + after.sequence());
    }
  }
}
