package org.constellation.local.client.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.constellation.local.client.ClientFiles;
import org.constellation.local.client.Wallets;
import org.constellation.local.client.load.Endings;
import org.constellation.local.client.load.ProgressBar;

/**
 * One measurement.
 *
 * @param rate payments per second, 0 for as many as the network takes
 * @param openMax without a rate, how many payments are open at once
 * @param seconds that are measured
 * @param warmUpSeconds before them
 * @param senders stars that pay in turn
 * @param freshSenders whether every payment comes from another star: as many as the rate takes, or
 *     all senders once without a rate
 * @param insist whether a payment that gets no answer, or is refused for now, is sent again
 */
public record Bench(
    int rate,
    int openMax,
    int seconds,
    int warmUpSeconds,
    int senders,
    boolean freshSenders,
    boolean insist) {

  private static final long FUNDS = 1_000_000;
  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Measures. */
  public BenchReport run(ClientFiles files, PrintStream out)
      throws IOException, InterruptedException {
    var treasury =
        files
            .wallets()
            .find("treasury")
            .orElseThrow(() -> new IOException("the treasury's key is not in " + files.data()));
    try (var network = files.network()) {
      var pool = Wallets.in(files.progress("bench-senders.json"));
      var stars = new Senders(network, pool, treasury, out).funded(senderCount(), FUNDS);
      var plan =
          new Load.Plan(
              rate,
              openMax,
              Duration.ofSeconds(warmUpSeconds),
              Duration.ofSeconds(seconds),
              freshSenders,
              insist);
      var load = new Load(network, stars, plan);
      try (var _ = Endings.after(network, network.storedHeight(), load::ended)) {
        return measure(load, files, out);
      }
    }
  }

  private int senderCount() {
    return freshSenders && rate > 0 ? Math.multiplyExact(rate, seconds + warmUpSeconds) : senders;
  }

  private BenchReport measure(Load load, ClientFiles files, PrintStream out)
      throws IOException, InterruptedException {
    var begin = new AtomicReference<Costs.Reading>();
    var trouble = new ArrayList<IOException>();
    Costs used;
    try (var _ =
        new ProgressBar(
            "load",
            rate * seconds,
            load::offered,
            () -> "final " + load.tally().finalCount() + "  open " + load.openCount(),
            out)) {
      load.run(
          () -> {
            try {
              begin.set(Costs.Reading.now(files.data()));
            } catch (IOException e) {
              trouble.add(e);
            }
          });
      var before = begin.get();
      if (before == null) {
        throw new IOException("the processes cannot be read: " + trouble);
      }
      used = Costs.Reading.now(files.data()).since(before);
      drain(load);
    }
    return new BenchReport(
        seconds,
        load.offered(),
        load.finalInTime(),
        load.tally(),
        load.offered() - load.tally().finalCount() - load.tally().rejectedCount(),
        used);
  }

  private static void drain(Load load) throws InterruptedException {
    var deadline = System.nanoTime() + DRAIN_PATIENCE.toNanos();
    while (load.openCount() > 0 && System.nanoTime() - deadline < 0) {
      Thread.sleep(LOOK);
    }
  }
}
