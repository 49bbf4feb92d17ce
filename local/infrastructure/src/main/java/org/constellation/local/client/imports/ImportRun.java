package org.constellation.local.client.imports;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.constellation.local.client.Network;
import org.constellation.local.client.Network.Payment;
import org.constellation.local.client.Wallets.Wallet;
import org.constellation.local.client.load.Courier;
import org.constellation.local.client.load.Delivery;
import org.constellation.local.client.load.Endings;
import org.constellation.local.client.load.PaymentOrder;
import org.constellation.local.client.load.ProgressBar;
import org.constellation.local.client.load.Tally;

/** One import, from the first star to the last row; what earlier runs did is not done again. */
public final class ImportRun {

  private static final int OPENINGS_MAX = 32;

  /** Below the network's limit of open proposals, so that answers under way do not run into it. */
  private static final int OPEN_PER_PAYER_MAX = 48;

  /** The issuer is allowed far more than others. */
  private static final int OPEN_PER_ISSUER_MAX = 4_000;

  /** Long enough for a network that stands still while parts of it are started again. */
  private static final long VALID_FOR_TICKS = 9_000;

  /** An import that has nothing left to do has no rate. */
  private static final double SECONDS_MIN = 1e-3;

  private static final String BEGIN_HEIGHT = "begin";
  private static final String ASSET = "asset";

  private final Network network;
  private final Interactions interactions;
  private final ImportJournal journal;
  private final Wallet issuer;
  private final String name;
  private final PrintStream out;
  private final Courier courier = new Courier();

  ImportRun(
      Network network,
      Interactions interactions,
      ImportJournal journal,
      Wallet issuer,
      String name,
      PrintStream out) {
    this.network = network;
    this.interactions = interactions;
    this.journal = journal;
    this.issuer = issuer;
    this.name = name;
    this.out = out;
  }

  /**
   * What came out.
   *
   * @param asset that was paid
   * @param resumed rows that an earlier run had sent
   * @param seconds that the rows took
   */
  public record Report(String asset, Tally rows, int resumed, double seconds) {

    /** Rows a second that this run sent and that became final. */
    public double finalPerSecond() {
      return rows.timedCount() / Math.max(seconds, SECONDS_MIN);
    }
  }

  /**
   * Opens, funds, sends, and waits for every row's end.
   *
   * @param wantedAsset an asset's id, {@code no0s}, or the symbol of a new one
   */
  Report run(String wantedAsset) throws IOException, InterruptedException {
    openStars();
    if (journal.fact(BEGIN_HEIGHT).isEmpty()) {
      journal.decide(BEGIN_HEIGHT, Long.toString(courier.untilAnswered(network::storedHeight)));
    }
    var asset = asset(wantedAsset);
    var funding = new Delivery(network, courier, OPEN_PER_ISSUER_MAX, journal::funded);
    addAll(fundings(asset), journal.fundings(), funding);
    deliver("funding", funding, interactions.outflows().size());
    requireAllFinal(funding.tally());
    var rows = new Delivery(network, courier, OPEN_PER_PAYER_MAX, journal::sent);
    addAll(payments(asset), journal.rows(), rows);
    var begin = System.nanoTime();
    deliver("rows", rows, interactions.rows().size());
    return new Report(
        asset, rows.tally(), journal.rows().size(), (System.nanoTime() - begin) / 1e9);
  }

  private static void requireAllFinal(Tally funding) throws IOException {
    if (funding.rejectedCount() > 0) {
      throw new IOException("the payers cannot be funded: " + funding.rejectedByReason());
    }
    if (funding.unknownCount() > 0) {
      throw new IOException(
          "whether all payers are funded is not known; the same command again asks anew: "
              + funding.unknownByReason());
    }
  }

  private void openStars() throws IOException, InterruptedException {
    var people = interactions.people();
    var missing = people.stream().filter(one -> journal.star(one).isEmpty()).toList();
    var room = new Semaphore(OPENINGS_MAX);
    try (var _ =
            new ProgressBar("stars", people.size(), journal::starCount, courier::trouble, out);
        var openers = Executors.newVirtualThreadPerTaskExecutor()) {
      var opening = new ArrayList<Future<?>>();
      for (var one : missing) {
        room.acquire();
        opening.add(
            openers.submit(
                () -> {
                  try {
                    var opened = courier.untilAnswered(network::openStar);
                    journal.opened(one, new ImportJournal.Opened(opened.star(), opened.token()));
                    return null;
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
  }

  private String asset(String wanted) throws IOException, InterruptedException {
    if (wanted.equals("no0s") || wanted.matches("[0-9a-f]{64}")) {
      return wanted;
    }
    var known = journal.fact(ASSET);
    if (known.isPresent()) {
      return known.get();
    }
    var defined =
        courier.untilAnswered(
            () ->
                network.defineAsset(
                    issuer.star(),
                    issuer.token(),
                    wanted,
                    "imported " + wanted,
                    0,
                    name + "-asset-" + wanted));
    journal.decide(ASSET, defined);
    return defined;
  }

  private List<PaymentOrder> fundings(String asset) throws IOException {
    var orders = new ArrayList<PaymentOrder>();
    for (var outflow : interactions.outflows().entrySet()) {
      var payment =
          new Payment(
              issuer.star(),
              opened(outflow.getKey()).star(),
              asset,
              outflow.getValue(),
              "",
              VALID_FOR_TICKS);
      orders.add(
          new PaymentOrder(
              orders.size(), payment, issuer.token(), name + "-funding-" + orders.size()));
    }
    return orders;
  }

  private List<PaymentOrder> payments(String asset) throws IOException {
    var orders = new ArrayList<PaymentOrder>();
    for (var row : interactions.rows()) {
      var payer = opened(row.from());
      var payment =
          new Payment(
              payer.star(), opened(row.to()).star(), asset, row.amount(), "", VALID_FOR_TICKS);
      orders.add(
          new PaymentOrder(row.number(), payment, payer.token(), name + "-row-" + row.number()));
    }
    return orders;
  }

  private ImportJournal.Opened opened(String person) throws IOException {
    return journal.star(person).orElseThrow(() -> new IOException("no star for " + person));
  }

  private static void addAll(
      List<PaymentOrder> orders, Map<Integer, String> sent, Delivery delivery) {
    for (var order : orders) {
      var transaction = sent.get(order.number());
      if (transaction == null) {
        delivery.add(order);
      } else {
        delivery.addSent(order, transaction);
      }
    }
  }

  private void deliver(String what, Delivery delivery, int all)
      throws IOException, InterruptedException {
    var tally = delivery.tally();
    var begin = Long.parseLong(journal.fact(BEGIN_HEIGHT).orElse("0"));
    try (var endings = Endings.after(network, begin, delivery::ended);
        var _ =
            new ProgressBar(
                what,
                all,
                tally::doneCount,
                () ->
                    "sent "
                        + tally.acceptedCount()
                        + "  "
                        + courier.trouble()
                        + " "
                        + endings.trouble(),
                out)) {
      delivery.run();
    }
  }
}
