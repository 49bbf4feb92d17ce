package org.constellation.platform.hosting;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.constellation.platform.member.MemberDriver;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;

/**
 * Brings what a subscription reads to a member's thread. Only a few batches wait for that thread at
 * a time; while they do the feed reads nothing more, and the broker keeps the rest.
 */
public final class MemberFeed implements AutoCloseable {

  /** Most batches that wait for the member's thread; reading waits when they are there. */
  public static final int BATCHES_MAX = 4;

  private static final Duration LOOK = Duration.ofMillis(50);

  private final MemberDriver<?> driver;
  private final Semaphore room = new Semaphore(BATCHES_MAX);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final EnvelopeSubscription subscription;

  /**
   * Begins to read.
   *
   * @param preparation turns a batch into what the member's thread has to do, if anything; runs on
   *     the subscription's thread
   */
  public MemberFeed(
      Transport transport,
      Subscription subscription,
      MemberDriver<?> driver,
      Function<List<ReceivedEnvelope>, Optional<Runnable>> preparation) {
    this.driver = driver;
    this.subscription =
        transport.subscribe(
            subscription, batch -> preparation.apply(batch).ifPresent(this::handOver));
  }

  private void handOver(Runnable work) {
    try {
      while (!isClosed()) {
        if (room.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
          if (driver.execute(() -> runAndMakeRoom(work))) {
            return;
          }
          room.release();
          var _ = closed.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void runAndMakeRoom(Runnable work) {
    try {
      work.run();
    } finally {
      room.release();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  @Override
  public void close() {
    closed.countDown();
    subscription.close();
  }
}
