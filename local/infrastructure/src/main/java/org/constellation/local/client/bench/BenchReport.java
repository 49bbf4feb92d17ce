package org.constellation.local.client.bench;

import java.io.PrintStream;
import java.util.Locale;
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
 */
public record BenchReport(
    int seconds, int offered, int finalInTime, Tally tally, int neverEnded, Costs costs) {

  private static final String REASON = "  %-28s %8d%s%n";

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
    tally.rejectedByReason().forEach((reason, count) -> out.printf(REASON, reason, count, ""));
    tally
        .unknownByReason()
        .forEach((reason, count) -> out.printf(REASON, reason, count, "  without an end"));
    if (finalInTime > 0) {
      new CostTable(costs, finalInTime).show(out);
    }
  }
}
