package org.constellation.local.client.load;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Payments that were accepted and have not ended, by transaction. An end may be seen before the
 * answer that tells the transaction's id, so unknown ones are remembered for a while. Safe to use
 * from many threads.
 *
 * @param <T> what is known of a payment
 */
public final class OpenPayments<T> {

  /** Ends of other people's transactions that are remembered at most; the oldest are dropped. */
  private static final int EARLY_MAX = 100_000;

  /** How a transaction ended, and when that was seen by this machine's clock. */
  public record End(String outcome, long seenNanos) {

    /** Whether all legs moved. */
    public boolean isFinal() {
      return outcome.equals("SETTLED");
    }
  }

  private final Map<String, T> open = new HashMap<>();
  private final Map<String, End> early =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, End> eldest) {
          return size() > EARLY_MAX;
        }
      };

  /**
   * A payment was accepted.
   *
   * @return its end, if that was seen already; otherwise it is open now
   */
  public synchronized Optional<End> accepted(String transaction, T payment) {
    var end = early.remove(transaction);
    if (end == null) {
      open.put(transaction, payment);
    }
    return Optional.ofNullable(end);
  }

  /**
   * A transaction ended.
   *
   * @return the payment that it was, if that was open
   */
  public synchronized Optional<T> ended(String transaction, End end) {
    var payment = open.remove(transaction);
    if (payment == null) {
      early.put(transaction, end);
    }
    return Optional.ofNullable(payment);
  }

  /** How many are open. */
  public synchronized int size() {
    return open.size();
  }
}
