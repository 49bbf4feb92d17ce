package org.constellation.local.client.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.constellation.local.client.Network;
import org.constellation.local.client.RequestRefused;

/**
 * Sends orders as fast as the network takes them, until each has ended, or was answered by defects
 * so often that it is given up without knowing its end. Orders that an earlier run sent are taken
 * up again.
 */
public final class Delivery {

  /** Payments open at once: enough to fill the network's blocks. */
  private static final int OPEN_MAX = 4_000;

  /** Requests on their way at once. */
  private static final int REQUESTS_MAX = 64;

  private final Network network;
  private final Courier courier;
  private final Log log;
  private final Tally tally = new Tally();
  private final Lanes lanes;
  private final OpenPayments<Sent> open = new OpenPayments<>();

  private record Sent(PaymentOrder order, Optional<Long> atNanos) {}

  /** Writes down what would be asked for again after a crash. */
  @FunctionalInterface
  public interface Log {

    /** The order of this number is that transaction. */
    void accepted(int number, String transaction) throws IOException;
  }

  /**
   * @param openPerPayerMax how many payments of one payer may be open
   */
  public Delivery(Network network, Courier courier, int openPerPayerMax, Log log) {
    this.network = network;
    this.courier = courier;
    this.log = log;
    this.lanes = new Lanes(OPEN_MAX, openPerPayerMax);
  }

  /** What became of them so far. */
  public Tally tally() {
    return tally;
  }

  /** An order that is to be sent. */
  public void add(PaymentOrder order) {
    lanes.add(order);
  }

  /** An order that an earlier run sent. */
  public void addSent(PaymentOrder order, String transaction) {
    tally.accepted();
    lanes.addOpen(order.payment().from());
    var sent = new Sent(order, Optional.empty());
    open.accepted(transaction, sent).ifPresent(end -> finish(sent, end));
  }

  /** To be told of everything that ends, from the height on at which the first order was sent. */
  public void ended(Map<String, String> outcomes, long seenNanos) {
    outcomes.forEach(
        (transaction, outcome) -> {
          var end = new OpenPayments.End(outcome, seenNanos);
          open.ended(transaction, end).ifPresent(sent -> finish(sent, end));
        });
  }

  /** Sends all, and returns when all have ended. */
  public void run() throws IOException, InterruptedException {
    try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (var sender = 0; sender < REQUESTS_MAX; sender++) {
        running.add(
            senders.submit(
                () -> {
                  sendAll();
                  return null;
                }));
      }
      try {
        for (var sender : running) {
          sender.get();
        }
      } catch (InterruptedException | ExecutionException e) {
        senders.shutdownNow();
        throw e;
      }
    } catch (ExecutionException e) {
      throw new IOException("sending failed: " + e.getCause(), e);
    }
    lanes.awaitEnd();
  }

  private void sendAll() throws IOException, InterruptedException {
    for (var next = lanes.take(); next.isPresent(); next = lanes.take()) {
      var order = next.get();
      var begin = System.nanoTime();
      try {
        var accepted = courier.deliver(network, order);
        tally.accepted();
        log.accepted(order.number(), accepted.id());
        var sent = new Sent(order, Optional.of(begin));
        open.accepted(accepted.id(), sent).ifPresent(end -> finish(sent, end));
      } catch (RequestRefused e) {
        if (e.isDefect()) {
          tally.unknown(e.code());
        } else {
          tally.rejected(e.code());
        }
        lanes.done(order.payment().from());
      }
    }
  }

  private void finish(Sent sent, OpenPayments.End end) {
    if (!end.isFinal()) {
      tally.rejected(end.outcome());
    } else {
      sent.atNanos()
          .ifPresentOrElse(at -> tally.settled(end.seenNanos() - at), tally::settledEarlier);
    }
    lanes.done(sent.order().payment().from());
  }
}
