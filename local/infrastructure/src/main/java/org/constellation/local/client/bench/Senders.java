package org.constellation.local.client.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.constellation.local.client.Network;
import org.constellation.local.client.Network.Payment;
import org.constellation.local.client.Wallets;
import org.constellation.local.client.Wallets.Wallet;
import org.constellation.local.client.load.Courier;
import org.constellation.local.client.load.Delivery;
import org.constellation.local.client.load.Endings;
import org.constellation.local.client.load.PaymentOrder;
import org.constellation.local.client.load.ProgressBar;

/** The stars that payments come from: kept from one measurement to the next, and funded anew. */
final class Senders {

  private static final int OPENINGS_MAX = 32;
  private static final int OPEN_PER_TREASURY_MAX = 4_000;
  private static final long VALID_FOR_TICKS = 600;

  private final Network network;
  private final Wallets pool;
  private final Wallet treasury;
  private final PrintStream out;
  private final Courier courier = new Courier();

  /**
   * @param pool where they are kept
   * @param treasury funds them
   */
  Senders(Network network, Wallets pool, Wallet treasury, PrintStream out) {
    this.network = network;
    this.pool = pool;
    this.treasury = treasury;
    this.out = out;
  }

  /** So many stars; those that are new get {@code amount} no0s each. */
  List<Wallet> funded(int count, long amount) throws IOException, InterruptedException {
    var first = pool.all().size();
    if (first < count) {
      var opened = open(first, count);
      fund(opened, amount);
      pool.add(opened);
    }
    return List.copyOf(pool.all()).subList(0, count);
  }

  private void fund(List<Wallet> senders, long amount) throws IOException, InterruptedException {
    var delivery = new Delivery(network, courier, OPEN_PER_TREASURY_MAX, (_, _) -> {});
    for (var number = 0; number < senders.size(); number++) {
      var star = senders.get(number).star();
      var payment = new Payment(treasury.star(), star, "no0s", amount, "", VALID_FOR_TICKS);
      delivery.add(new PaymentOrder(number, payment, treasury.token(), "bench-" + star));
    }
    var tally = delivery.tally();
    var height = courier.untilAnswered(network::storedHeight);
    try (var endings = Endings.after(network, height, delivery::ended);
        var _ =
            new ProgressBar(
                "funding",
                senders.size(),
                tally::doneCount,
                () -> courier.trouble() + " " + endings.trouble(),
                out)) {
      delivery.run();
    }
    if (tally.rejectedCount() + tally.unknownCount() > 0) {
      throw new IOException(
          "the senders cannot be funded: rejected %s, without an answer %s"
              .formatted(tally.rejectedByReason(), tally.unknownByReason()));
    }
  }

  private List<Wallet> open(int first, int count) throws IOException, InterruptedException {
    var opened = Collections.synchronizedList(new ArrayList<Wallet>());
    var room = new Semaphore(OPENINGS_MAX);
    try (var _ = new ProgressBar("senders", count - first, opened::size, courier::trouble, out);
        var openers = Executors.newVirtualThreadPerTaskExecutor()) {
      var opening = new ArrayList<Future<?>>();
      for (var number = first; number < count; number++) {
        var name = "sender-" + number;
        room.acquire();
        opening.add(
            openers.submit(
                () -> {
                  try {
                    var star = courier.untilAnswered(network::openStar);
                    return opened.add(new Wallet(name, star.star(), star.token()));
                  } finally {
                    room.release();
                  }
                }));
      }
      for (var one : opening) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("no star can be opened: " + e.getCause(), e);
    }
    return List.copyOf(opened);
  }
}
