package org.constellation.star.feed;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.star.StarError;
import org.constellation.star.transaction.Transaction;

/** Everybody who listens. Telling them never blocks. */
public final class Listeners {

  private final ConcurrentHashMap<Object, Set<Listener>> byTopic = new ConcurrentHashMap<>();
  private final Semaphore room;
  private volatile boolean closed;

  /**
   * @param listenersMax at once; more are refused
   */
  public Listeners(int listenersMax) {
    this.room = new Semaphore(listenersMax);
  }

  /**
   * Listens to one transaction.
   *
   * @throws org.constellation.platform.web.RequestRejected if too many listen already
   */
  public Listener to(Hash transaction) {
    return listen(transaction);
  }

  /**
   * Listens to all transactions of one star.
   *
   * @throws org.constellation.platform.web.RequestRejected if too many listen already
   */
  public Listener to(StarId star) {
    return listen(star);
  }

  private Listener listen(Object topic) {
    if (closed || !room.tryAcquire()) {
      throw StarError.TOO_MANY_LISTENERS.because("Too many listen already; try again later.");
    }
    var holder = new Listener[1];
    var listener = new Listener(() -> leave(topic, holder[0]));
    holder[0] = listener;
    byTopic.compute(
        topic,
        (_, present) -> {
          var set = present == null ? ConcurrentHashMap.<Listener>newKeySet() : present;
          set.add(listener);
          return set;
        });
    return listener;
  }

  private void leave(Object topic, Listener listener) {
    byTopic.computeIfPresent(
        topic,
        (_, present) -> {
          if (present.remove(listener)) {
            room.release();
          }
          return present.isEmpty() ? null : present;
        });
  }

  /** Tells whoever listens, in the order given. */
  public void tell(List<Transaction> changed) {
    if (byTopic.isEmpty()) {
      return;
    }
    for (var transaction : changed) {
      tell(transaction.id(), transaction);
      tell(transaction.proposer(), transaction);
      tell(transaction.counterparty(), transaction);
    }
  }

  private void tell(Object topic, Transaction transaction) {
    var listeners = byTopic.get(topic);
    if (listeners != null) {
      listeners.forEach(listener -> listener.tell(transaction));
    }
  }

  /** Makes everybody come back and resume: something may not have been told. */
  public void cutOff() {
    byTopic.values().forEach(listeners -> listeners.forEach(Listener::cutOff));
  }

  /** Cuts everybody off, so that no stream holds up the end of the service. */
  public void close() {
    closed = true;
    cutOff();
  }
}
