package org.constellation.platform.member;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.protocol.Bytes;

/** Keeps what was to be sent. */
final class RecordingPublisher implements EnvelopePublisher {

  record Sent(Topic topic, Bytes key, List<Bytes> messages) {}

  private final List<Sent> sent = new CopyOnWriteArrayList<>();

  @Override
  public void publish(Topic topic, Bytes key, List<Bytes> messages) {
    sent.add(new Sent(topic, key, List.copyOf(messages)));
  }

  List<Sent> sent() {
    return sent;
  }

  @Override
  public void close() {}
}
