package org.constellation.platform.transport;

import java.util.List;
import org.constellation.platform.topics.Topic;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.envelope.Envelope;

/**
 * An envelope whose signature holds, from a sender that the subscriber admits.
 *
 * @param topic where it was
 * @param envelope header, messages and signature; with them a message can be made evidence
 * @param size bytes of the record
 */
public record ReceivedEnvelope(Topic topic, Envelope envelope, int size) {

  /** Who sent it. */
  public Envelope.Header header() {
    return envelope.header();
  }

  /** What it says. */
  public List<Bytes> messages() {
    return envelope.messages();
  }
}
