package org.constellation.local.client.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.constellation.local.client.load.Tally;

/**
 * What a measurement found.
 *
 * @param seconds that were measured
 * @param offered payments that were due in that time
 * @param finalInTime payments that became final in that time
 * @param tally what became of those that were due in that time
 * @param neverEnded payments still open when the measurement stopped waiting
 * @param costs of the measured time
 * @param nanosPerCheck what one signature check takes on one processor
 */
public record BenchReport(
    int seconds,
    int offered,
    int finalInTime,
    Tally tally,
    int neverEnded,
    Costs costs,
    double nanosPerCheck) {

  private static final String COST = "  %-28s %8.0f us%n";

  /** Writes it for people. */
  public void show(PrintStream out) {
    out.printf(Locale.ROOT, "offered   %8.1f tx/s (%d)%n", (double) offered / seconds, offered);
    out.printf(Locale.ROOT, "accepted  %8.1f tx/s%n", (double) tally.acceptedCount() / seconds);
    out.printf(Locale.ROOT, "final     %8.1f tx/s%n", (double) finalInTime / seconds);
    out.printf(
        Locale.ROOT,
        "of them   %d final, %d rejected, %d without an end%n",
        tally.finalCount(),
        tally.rejectedCount(),
        neverEnded);
    out.println("latency   " + tally.latencies());
    out.println("          from the moment a payment was due until it was seen in the ledger");
    tally.rejectedByReason().forEach((reason, count) -> out.printf("  %-28s %8d%n", reason, count));
    if (finalInTime > 0) {
      showCosts(out);
    }
  }

  private void showCosts(PrintStream out) {
    out.println("processor time per final payment");
    var processes = costs.processorTime().byProcess();
    processes.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry -> out.printf(Locale.ROOT, COST, entry.getKey(), perPayment(entry.getValue())));
    var network =
        processes.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(ProcessorTime.LOADER))
            .map(Map.Entry::getValue)
            .reduce(Duration.ZERO, Duration::plus);
    out.printf(Locale.ROOT, COST, "all without this load", perPayment(network));
    if (Double.isNaN(costs.signatureChecks())) {
      out.println("signature checks: not every server told its counters");
      return;
    }
    var checks = costs.signatureChecks() / finalInTime;
    var micros = checks * nanosPerCheck / 1_000;
    out.printf(
        Locale.ROOT,
        "signature checks: %.2f per final payment, %.0f us each, so %.0f us or %.0f %% of it%n",
        checks,
        nanosPerCheck / 1_000,
        micros,
        100 * micros / perPayment(network));
  }

  private double perPayment(Duration used) {
    return used.toNanos() / 1_000.0 / finalInTime;
  }
}
