package org.constellation.protocol.envelope;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;

/**
 * Many messages under one signature. What is signed is {@code H(tag, header bytes, Merkle root of
 * the messages)}, so one message with its path proves what its sender said.
 */
public record Envelope(
    Header header, Bytes headerBytes, List<Bytes> messages, Signature signature) {

  /** Most messages in one envelope. */
  public static final int MESSAGES_MAX = 16_384;

  /** Most bytes of one encoded envelope; the broker's limit is above it. */
  public static final int BYTES_MAX = 2 * 1024 * 1024;

  public Envelope {
    messages = List.copyOf(messages);
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
}
