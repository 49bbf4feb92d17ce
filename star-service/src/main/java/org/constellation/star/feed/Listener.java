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

  /** The next change, or null if there is none within {@code atMost}. */
  public @Nullable Transaction next(Duration atMost) throws InterruptedException {
    return queue.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
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
