package org.constellation.protocol.envelope;

import java.util.List;
import java.util.Objects;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.merkle.MerkleTree;
import org.jspecify.annotations.Nullable;

/**
 * Many messages under one signature. What is signed is {@code H(tag, header bytes, Merkle root of
 * the messages)}, so one message with its path proves what its sender said. Immutable.
 */
public final class Envelope {

  /** Most messages in one envelope. */
  public static final int MESSAGES_MAX = 16_384;

  /** Most bytes of one encoded envelope; the broker's limit is above it. */
  public static final int BYTES_MAX = 2 * 1024 * 1024;

  private final Header header;
  private final Bytes headerBytes;
  private final List<Bytes> messages;
  private final Signature signature;

  /** Made when it is first asked for; whoever makes it, makes the same. */
  private @Nullable MerkleTree tree;

  /**
   * @throws IllegalArgumentException if there are more messages than {@value #MESSAGES_MAX}
   */
  public Envelope(Header header, Bytes headerBytes, List<Bytes> messages, Signature signature) {
    this.header = header;
    this.headerBytes = headerBytes;
    this.messages = List.copyOf(messages);
    this.signature = signature;
    if (messages.size() > MESSAGES_MAX) {
      throw new IllegalArgumentException(
          "an envelope has at most " + MESSAGES_MAX + " messages, not " + messages.size());
    }
  }

  /**
   * @param network hash of the genesis file
   * @param committee whose business this is
   * @param era of that committee
   * @param sender operational key of a member, or a service's own key
   * @param counter a hint about gaps; proves nothing
   * @param sentAtMillis the sender's clock; a hint
   */
  public record Header(
      Hash network,
      Committee committee,
      long era,
      PublicKey sender,
      long counter,
      long sentAtMillis) {}

  /** Who says it, and what it is about. */
  public Header header() {
    return header;
  }

  /** The header as it was signed. */
  public Bytes headerBytes() {
    return headerBytes;
  }

  /** What is said, in order. */
  public List<Bytes> messages() {
    return messages;
  }

  /** The sender's, under all of it. */
  public Signature signature() {
    return signature;
  }

  /** The tree over the messages, whose root is signed. */
  public MerkleTree tree() {
    // Trees are immutable, so it does not matter if another thread sees none and makes its own.
    var known = tree;
    if (known == null) {
      known = MerkleTree.of(messages);
      tree = known;
    }
    return known;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Envelope that
        && header.equals(that.header)
        && headerBytes.equals(that.headerBytes)
        && messages.equals(that.messages)
        && signature.equals(that.signature);
  }

  @Override
  public int hashCode() {
    return Objects.hash(header, headerBytes, messages, signature);
  }

  @Override
  public String toString() {
    return header + " with " + messages.size() + " messages";
  }
}
