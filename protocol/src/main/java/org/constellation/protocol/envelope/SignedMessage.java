package org.constellation.protocol.envelope;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Signature;

/**
 * One message of an envelope with what proves that the envelope's sender said it.
 *
 * @param index the message's place in its envelope, from 0
 * @param size how many messages the envelope had
 * @param siblings the Merkle path, lowest first
 */
public record SignedMessage(
    Envelope.Header header,
    Bytes headerBytes,
    Bytes message,
    int index,
    int size,
    List<Hash> siblings,
    Signature signature) {

  /** Longest message: votes are short. */
  public static final int MESSAGE_BYTES_MAX = 1024;

  public SignedMessage {
    siblings = List.copyOf(siblings);
  }
}
