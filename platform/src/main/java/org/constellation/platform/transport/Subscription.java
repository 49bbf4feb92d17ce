package org.constellation.platform.transport;

import java.util.List;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;

/**
 * What a subscriber wants to read.
 *
 * @param name for threads, logs and metrics
 * @param network envelopes of other networks are refused
 * @param feeds its topics
 * @param startAt where it begins in all of them
 * @param senders whose envelopes it wants
 * @param verifier with which it checks their signatures
 */
public record Subscription(
    String name,
    Hash network,
    List<Feed> feeds,
    StartAt startAt,
    SenderCheck senders,
    SignatureVerifier verifier) {

  public Subscription {
    feeds = List.copyOf(feeds);
  }

  /** Where reading begins; afterwards it goes on from record to record, in memory only. */
  public sealed interface StartAt {

    /** What comes from now on: peers resend what matters. */
    StartAt LATEST = new Latest();

    /** What comes from now on. */
    record Latest() implements StartAt {}

    /**
     * All that the broker says it was given since. It may say anything, so this is a hint that
     * saves work, and what is missing must be had in another way.
     *
     * @param millis Unix time; before the broker's first record for all that it has
     */
    record Since(long millis) implements StartAt {}
  }
}
