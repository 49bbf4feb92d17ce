package org.constellation.platform.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Committed messages on their way to their first sending, bounded: the rows are in the database.
 */
final class FreshMessages {

  private final BlockingQueue<OutboxMessage> waiting;

  FreshMessages(int max) {
    this.waiting = new LinkedBlockingQueue<>(max);
  }

  void add(List<OutboxMessage> messages) {
    for (var message : messages) {
      if (!waiting.offer(message)) {
        return;
      }
    }
  }

  /** Waits for something, at most so long, and takes what there is, up to {@code max}. */
  List<OutboxMessage> take(Duration atMost, int max) throws InterruptedException {
    var taken = new ArrayList<OutboxMessage>();
    var first = waiting.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    if (first != null) {
      taken.add(first);
      waiting.drainTo(taken, max - 1);
    }
    return taken;
  }
}
