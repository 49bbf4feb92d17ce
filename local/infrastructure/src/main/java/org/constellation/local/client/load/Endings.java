package org.constellation.local.client.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.constellation.local.client.Network;

/**
 * Asks the ledger again and again which transactions ended, from a height on. One question serves
 * all that ended since the one before, so this costs the network little. It goes on asking whatever
 * is down; nothing is missed, since every answer begins where the one before stopped.
 */
public final class Endings implements AutoCloseable {

  private static final Duration LOOK = Duration.ofMillis(40);
  private static final Duration AFTER_TROUBLE = Duration.ofMillis(500);

  /** Is told of all transactions that ended, also of those that are none of its business. */
  @FunctionalInterface
  public interface Listener {

    /**
     * @param outcomes by transaction
     * @param seenNanos when they were seen, as {@link System#nanoTime} says it
     */
    void ended(Map<String, String> outcomes, long seenNanos) throws IOException;
  }

  private final Network network;
  private final Listener listener;
  private final Thread thread;
  private long height;
  private volatile String trouble = "";
  private volatile boolean closed;

  private Endings(Network network, long height, Listener listener) {
    this.network = network;
    this.height = height;
    this.listener = listener;
    this.thread = Thread.ofPlatform().daemon().name("endings").unstarted(this::run);
  }

  /** Begins to ask for what ended above {@code height}. */
  public static Endings after(Network network, long height, Listener listener) {
    var endings = new Endings(network, height, listener);
    endings.thread.start();
    return endings;
  }

  /** Why nothing is heard at the moment; empty while all is well. */
  public String trouble() {
    return trouble;
  }

  private void run() {
    try {
      while (!closed) {
        Thread.sleep(look() ? Duration.ZERO : trouble.isEmpty() ? LOOK : AFTER_TROUBLE);
      }
    } catch (InterruptedException e) {
      // Closed; nothing is left to do.
    }
  }

  /** Whether there was something, and so may be more. */
  private boolean look() throws InterruptedException {
    try {
      var answer = network.endedAfter(height);
      trouble = "";
      if (answer.height() <= height) {
        return false;
      }
      listener.ended(answer.outcomes(), System.nanoTime());
      height = answer.height();
      return !answer.outcomes().isEmpty();
    } catch (IOException e) {
      trouble = String.valueOf(e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
