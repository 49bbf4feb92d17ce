package org.constellation.platform.hosting;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.constellation.platform.member.MemberDriver;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.jspecify.annotations.Nullable;

/**
 * Brings what a subscription reads to a member. Only a few batches wait for its turns at a time;
 * while they do the feed reads nothing more, and the broker keeps the rest.
 */
public final class MemberFeed implements AutoCloseable {

  /** Most batches that wait for the member's turns; reading waits when they are there. */
  public static final int BATCHES_MAX = 4;

  private final MemberDriver<?> driver;
  private final Function<List<ReceivedEnvelope>, Optional<Runnable>> preparation;
  private final AtomicInteger waiting = new AtomicInteger();
  private final EnvelopeSubscription subscription;
  // Of a batch for which there was no room: it comes again, and is not to be prepared again.
  private @Nullable Runnable prepared;

  /**
   * Begins to read.
   *
   * @param preparation turns a batch into what is to be done in the member's turn, if anything;
   *     runs beside that, where the subscription hands over
   */
  public MemberFeed(
      Transport transport,
      Subscription subscription,
      MemberDriver<?> driver,
      Function<List<ReceivedEnvelope>, Optional<Runnable>> preparation) {
    this.driver = driver;
    this.preparation = preparation;
    this.subscription = transport.subscribe(subscription, this::take);
  }

  private boolean take(List<ReceivedEnvelope> batch) {
    if (prepared == null) {
      prepared = preparation.apply(batch).orElse(null);
    }
    if (prepared == null || handOver(prepared)) {
      prepared = null;
      return true;
    }
    return false;
  }

  private boolean handOver(Runnable work) {
    if (waiting.incrementAndGet() <= BATCHES_MAX && driver.execute(() -> runAndMakeRoom(work))) {
      return true;
    }
    waiting.decrementAndGet();
    return false;
  }

  private void runAndMakeRoom(Runnable work) {
    try {
      work.run();
    } finally {
      waiting.decrementAndGet();
    }
  }

  @Override
  public void close() {
    subscription.close();
  }
}
