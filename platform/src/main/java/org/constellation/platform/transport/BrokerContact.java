package org.constellation.platform.transport;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the readers of one broker hear from it. */
final class BrokerContact {

  /** A broker that answers does so twice a second; what takes longer than this is no pause. */
  static final Duration AWAY_AFTER = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(BrokerContact.class);

  private final String organisation;
  private final LongSupplier nanos;
  private final Set<Object> readers = new HashSet<>();
  private final Set<Object> hearing = new HashSet<>();
  private long silentSince;
  private boolean told;
  private String reason = "";

  BrokerContact(String organisation, LongSupplier nanos) {
    this.organisation = organisation;
    this.nanos = nanos;
  }

  String organisation() {
    return organisation;
  }

  /** A reader begins; it hears nothing yet. */
  synchronized void begins(Object reader) {
    if (readers.isEmpty()) {
      silentSince = nanos.getAsLong();
    }
    readers.add(reader);
  }

  /** A reader ends. */
  synchronized void ends(Object reader) {
    readers.remove(reader);
    deafens(reader);
  }

  /** The broker answered a reader. */
  synchronized void answers(Object reader) {
    if (told) {
      LOG.warn("broker of {} is back after {} s", organisation, silence().toSeconds());
      told = false;
    }
    hearing.add(reader);
    reason = "";
  }

  /**
   * A reader waits in vain.
   *
   * @param why what it knows about that; may be empty
   */
  synchronized void isSilent(Object reader, String why) {
    deafens(reader);
    if (!why.isEmpty()) {
      reason = why;
    }
    if (!told && isAway()) {
      LOG.warn("broker of {} is away: {}", organisation, reason.isEmpty() ? "no answer" : reason);
      told = true;
    }
  }

  private void deafens(Object reader) {
    if (hearing.remove(reader) && hearing.isEmpty()) {
      silentSince = nanos.getAsLong();
    }
  }

  /** For how long no reader has heard anything; zero while one does, or if nobody reads. */
  synchronized Duration silence() {
    return readers.isEmpty() || !hearing.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(nanos.getAsLong() - silentSince);
  }

  /** The same, unless it is but a pause. */
  synchronized Duration absence() {
    return isAway() ? silence() : Duration.ZERO;
  }

  /** Whether that is more than a pause. */
  synchronized boolean isAway() {
    return silence().compareTo(AWAY_AFTER) >= 0;
  }

  /** What a reader last said about the silence; empty if nothing. */
  synchronized String reason() {
    return reason;
  }
}
