package org.constellation.platform.transport;

import java.util.List;
import org.constellation.platform.topics.Topic;
import org.constellation.protocol.Bytes;

/**
 * Sends messages in signed envelopes. It promises nothing: what does not arrive is counted, and the
 * caller sends again until a certificate or a receipt makes that needless.
 */
public interface EnvelopePublisher extends AutoCloseable {

  /**
   * Seals {@code messages} in order, in as few envelopes as their limits allow, and hands them to
   * the broker's client. Returns within {@link TransportProperties#blockMax}, also without a
   * broker; never throws. A message too large for an envelope is counted and dropped: blocks travel
   * as {@link org.constellation.protocol.wire.BlockChunk}s.
   *
   * @param key what the topic is keyed by; empty for none
   */
  void publish(Topic topic, Bytes key, List<Bytes> messages);

  /** Waits briefly for what is under way. */
  @Override
  void close();
}
