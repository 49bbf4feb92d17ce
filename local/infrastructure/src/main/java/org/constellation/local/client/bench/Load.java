package org.constellation.local.client.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.constellation.local.client.Network;
import org.constellation.local.client.Network.Payment;
import org.constellation.local.client.RequestRefused;
import org.constellation.local.client.Wallets.Wallet;
import org.constellation.local.client.load.Courier;
import org.constellation.local.client.load.OpenPayments;
import org.constellation.local.client.load.PaymentOrder;
import org.constellation.local.client.load.Tally;

/**
 * Payments at the times of a plan that the network's speed does not change: one that is sent late,
 * since the network or this program was slow, has waited from the moment when it was due. So a
 * stall is seen by all the payments that it met. Without a rate there is no plan: as soon as one
 * payment ends, the next is sent, which finds what the network takes at most.
 */
final class Load {

  /** Requests on their way at once; the plan waits, and what waits grows older. */
  private static final int REQUESTS_MAX = 512;

  private static final long VALID_FOR_TICKS = 600;
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final Network network;
  private final List<Wallet> senders;
  private final Plan plan;
  private final Tally tally = new Tally();
  private final OpenPayments<Sent> open = new OpenPayments<>();
  private final Courier courier = new Courier();
  private final Semaphore requests = new Semaphore(REQUESTS_MAX);
  private final Semaphore window;
  private final AtomicInteger offered = new AtomicInteger();
  private final AtomicInteger finalInTime = new AtomicInteger();
  private volatile long measureFrom = Long.MAX_VALUE;
  private volatile long measureTo = Long.MAX_VALUE;

  /**
   * @param rate payments per second, 0 for as many as the network takes
   * @param openMax without a rate, how many are open at once
   * @param warmUp not measured
   * @param measured measured
   * @param once whether a sender pays only once
   * @param insist whether a payment that gets no answer, or is refused for now, is sent again
   */
  record Plan(
      int rate, int openMax, Duration warmUp, Duration measured, boolean once, boolean insist) {}

  /** A payment of the measured time, or one before it. */
  private record Sent(long dueNanos, boolean measured) {}

  Load(Network network, List<Wallet> senders, Plan plan) {
    this.network = network;
    this.senders = List.copyOf(senders);
    this.plan = plan;
    this.window = new Semaphore(plan.openMax());
  }

  /** What became of the payments that were due in the measured time. */
  Tally tally() {
    return tally;
  }

  /** How many were due in the measured time. */
  int offered() {
    return offered.get();
  }

  /** How many of its payments, whenever due, became final within the measured time. */
  int finalInTime() {
    return finalInTime.get();
  }

  /** How many are still open. */
  int openCount() {
    return open.size();
  }

  /** To be told of everything that ends from before the first payment on. */
  void ended(Map<String, String> outcomes, long seenNanos) {
    outcomes.forEach(
        (transaction, outcome) -> {
          var end = new OpenPayments.End(outcome, seenNanos);
          open.ended(transaction, end).ifPresent(sent -> finish(sent, end));
        });
  }

  /**
   * Sends everything.
   *
   * @param measuring runs when the measured time begins
   * @throws IOException if all senders have paid once, and may not again, before the time is over
   */
  void run(Runnable measuring) throws IOException, InterruptedException {
    var begin = System.nanoTime();
    var from = begin + plan.warmUp().toNanos();
    var to = from + plan.measured().toNanos();
    for (var number = 0; ; number++) {
      var due = due(number, begin, to);
      if (due - to >= 0) {
        return;
      }
      if (measureFrom == Long.MAX_VALUE && due - from >= 0) {
        measuring.run();
        measureTo = to;
        measureFrom = from;
      }
      if (plan.once() && number == senders.size()) {
        throw new IOException("all " + number + " senders have paid: more --senders are needed");
      }
      requests.acquire();
      var sent = new Sent(due, due - from >= 0);
      var sender = senders.get(number % senders.size());
      var receiver = senders.get((number + 1) % senders.size());
      if (sent.measured()) {
        offered.incrementAndGet();
      }
      var paid = number;
      Thread.startVirtualThread(() -> send(paid, sender, receiver, sent));
    }
  }

  /** When the payment of this number is due; returns then, or later. */
  private long due(int number, long begin, long end) throws InterruptedException {
    if (plan.rate() == 0) {
      var _ = window.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      return System.nanoTime();
    }
    var due = begin + number * SECOND_NANOS / plan.rate();
    for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(left);
    }
    return due;
  }

  private void send(int number, Wallet sender, Wallet receiver, Sent sent) {
    try {
      var payment = new Payment(sender.star(), receiver.star(), "no0s", 1, "", VALID_FOR_TICKS);
      var order = new PaymentOrder(number, payment, sender.token(), UUID.randomUUID().toString());
      var accepted = plan.insist() ? courier.deliver(network, order) : once(order);
      if (sent.measured()) {
        tally.accepted();
      }
      open.accepted(accepted.id(), sent).ifPresent(end -> finish(sent, end));
    } catch (RequestRefused e) {
      failed(sent, e.code(), e.isDefect());
    } catch (IOException e) {
      failed(sent, "NO_ANSWER", true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      requests.release();
    }
  }

  private Network.Accepted once(PaymentOrder order) throws IOException, InterruptedException {
    return network.pay(order.payment(), order.token(), order.repeatKey());
  }

  private void failed(Sent sent, String code, boolean perhapsDone) {
    if (sent.measured() && perhapsDone) {
      tally.unknown(code);
    } else if (sent.measured()) {
      tally.rejected(code);
    }
    window.release();
  }

  private void finish(Sent sent, OpenPayments.End end) {
    window.release();
    var seen = end.seenNanos();
    if (end.isFinal() && seen - measureFrom >= 0 && seen - measureTo < 0) {
      finalInTime.incrementAndGet();
    }
    if (!sent.measured()) {
      return;
    }
    if (end.isFinal()) {
      tally.settled(end.seenNanos() - sent.dueNanos());
    } else {
      tally.rejected(end.outcome());
    }
  }
}
