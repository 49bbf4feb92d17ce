package org.constellation.star.feed;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.constellation.star.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * One who listens. Its queue is short: a listener that cannot keep up is cut off, and resumes from
 * the last place that it saw.
 */
public final class Listener implements AutoCloseable {

  private static final int QUEUE_MAX = 1_024;

  private static final long LOOK_MILLIS = 500;

  private final ArrayBlockingQueue<Transaction> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
  private final Runnable onClose;
  private volatile boolean cutOff;

  Listener(Runnable onClose) {
    this.onClose = onClose;
  }

  void tell(Transaction transaction) {
    if (!queue.offer(transaction)) {
      cutOff = true;
    }
  }

  void cutOff() {
    cutOff = true;
  }

  /** The next change, or null if there is none within {@code atMost} or before it is cut off. */
  public @Nullable Transaction next(Duration atMost) throws InterruptedException {
    var end = System.nanoTime() + atMost.toNanos();
    while (!cutOff && System.nanoTime() - end < 0) {
      var next = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (next != null) {
        return next;
      }
    }
    return null;
  }

  /** Changes were lost: nothing after this point may be told. */
  public boolean isCutOff() {
    return cutOff;
  }

  @Override
  public void close() {
    onClose.run();
  }
}
