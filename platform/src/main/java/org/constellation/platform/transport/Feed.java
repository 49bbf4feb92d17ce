package org.constellation.platform.transport;

import org.constellation.platform.topics.Topic;
import org.constellation.protocol.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * One topic of a subscription.
 *
 * @param topic which
 * @param onlyKey records with another key are skipped unopened; null to take all
 * @param exceptKey records with this key are skipped unopened; null to take all
 */
public record Feed(Topic topic, @Nullable Bytes onlyKey, @Nullable Bytes exceptKey) {

  /** All records of a topic. */
  public static Feed of(Topic topic) {
    return new Feed(topic, null, null);
  }

  /** The records of a topic that are addressed to {@code key}. */
  public static Feed keyedTo(Topic topic, Bytes key) {
    return new Feed(topic, key, null);
  }

  /** The records of a topic but those keyed by {@code key}: what others say. */
  public static Feed without(Topic topic, Bytes key) {
    return new Feed(topic, null, key);
  }
}
