package org.constellation.local.client.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which order is sent next: each payer's own in their order, payers in turn, none with more open
 * than the network lets it have, all together no more than keep it busy. Safe to use from many
 * threads.
 */
final class Lanes {

  private final int openMax;
  private final int openPerPayerMax;
  private final Map<String, Lane> lanes = new HashMap<>();
  private final Deque<Lane> ready = new ArrayDeque<>();
  private int open;
  private int waiting;

  private static final class Lane {
    private final Deque<PaymentOrder> orders = new ArrayDeque<>();
    private int open;
    private boolean queued;
  }

  /**
   * @param openMax payments open at once
   * @param openPerPayerMax of these, how many one payer may have
   */
  Lanes(int openMax, int openPerPayerMax) {
    this.openMax = openMax;
    this.openPerPayerMax = openPerPayerMax;
  }

  /** Puts an order last among its payer's. */
  synchronized void add(PaymentOrder order) {
    var lane = lanes.computeIfAbsent(order.payment().from(), _ -> new Lane());
    lane.orders.add(order);
    waiting++;
    enqueue(lane);
  }

  /** Counts a payment that was accepted in an earlier run and has not ended. */
  synchronized void addOpen(String payer) {
    lanes.computeIfAbsent(payer, _ -> new Lane()).open++;
    open++;
  }

  /** Waits for an order that may be sent, and counts it as open; empty when none is left. */
  synchronized Optional<PaymentOrder> take() throws InterruptedException {
    while (true) {
      if (waiting == 0) {
        return Optional.empty();
      }
      if (open < openMax && !ready.isEmpty()) {
        break;
      }
      wait();
    }
    var lane = ready.removeFirst();
    lane.queued = false;
    lane.open++;
    open++;
    waiting--;
    var order = lane.orders.removeFirst();
    enqueue(lane);
    if (waiting == 0) {
      notifyAll();
    }
    return Optional.of(order);
  }

  /** A payment of this payer is open no more. */
  synchronized void done(String payer) {
    var lane = lanes.get(payer);
    if (lane != null) {
      lane.open--;
      open--;
      enqueue(lane);
    }
    notifyAll();
  }

  /** Waits until nothing is open and nothing waits. */
  synchronized void awaitEnd() throws InterruptedException {
    while (open > 0 || waiting > 0) {
      wait();
    }
  }

  private void enqueue(Lane lane) {
    if (!lane.queued && !lane.orders.isEmpty() && lane.open < openPerPayerMax) {
      lane.queued = true;
      ready.addLast(lane);
      notifyAll();
    }
  }
}
