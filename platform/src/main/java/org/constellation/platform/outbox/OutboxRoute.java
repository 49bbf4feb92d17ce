package org.constellation.platform.outbox;

import java.util.Optional;
import org.constellation.platform.topics.Topic;
import org.constellation.protocol.Bytes;

/** Where an outbox's messages go at present. */
@FunctionalInterface
public interface OutboxRoute {

  /** The topic for a destination; empty while there is none, then it is tried again later. */
  Optional<Topic> topicOf(String destination, Bytes key);
}
