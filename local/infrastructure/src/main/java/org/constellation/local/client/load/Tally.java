package org.constellation.local.client.load;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What became of payments, and how long it took. Safe to use from many threads. */
public final class Tally {

  private static final long LATENCY_MAX_MICROS = TimeUnit.HOURS.toMicros(1);
  private static final int LATENCY_DIGITS = 3;

  private final Histogram latencies = new Histogram(LATENCY_MAX_MICROS, LATENCY_DIGITS);
  private final Map<String, Integer> rejected = new TreeMap<>();
  private final Map<String, Integer> unknown = new TreeMap<>();
  private int accepted;
  private int finals;

  /** The network took a payment on. */
  public synchronized void accepted() {
    accepted++;
  }

  /** It became final, so long after it was due. */
  public synchronized void settled(long latencyNanos) {
    finals++;
    latencies.recordValue(
        Math.clamp(TimeUnit.NANOSECONDS.toMicros(latencyNanos), 0, LATENCY_MAX_MICROS));
  }

  /** It became final, but nobody knows when it began. */
  public synchronized void settledEarlier() {
    finals++;
  }

  /** It never will. */
  public synchronized void rejected(String reason) {
    rejected.merge(reason, 1, Integer::sum);
  }

  /** Nobody knows whether the network took it on, and it was asked for the last time. */
  public synchronized void unknown(String reason) {
    unknown.merge(reason, 1, Integer::sum);
  }

  /** How many the network took on. */
  public synchronized int acceptedCount() {
    return accepted;
  }

  /** How many became final. */
  public synchronized int finalCount() {
    return finals;
  }

  /** How many of these were seen from their beginning, so that their latency is known. */
  public synchronized int timedCount() {
    return Math.toIntExact(latencies.getTotalCount());
  }

  /** How many never will, by reason. */
  public synchronized Map<String, Integer> rejectedByReason() {
    return Collections.unmodifiableMap(new TreeMap<>(rejected));
  }

  /** How many never will. */
  public synchronized int rejectedCount() {
    return sum(rejected);
  }

  /** How many may or may not, by what was answered last. */
  public synchronized Map<String, Integer> unknownByReason() {
    return Collections.unmodifiableMap(new TreeMap<>(unknown));
  }

  /** How many may or may not. */
  public synchronized int unknownCount() {
    return sum(unknown);
  }

  /** How many need no more waiting for. */
  public synchronized int doneCount() {
    return finals + sum(rejected) + sum(unknown);
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Milliseconds below which {@code percent} of those that became final stayed. */
  public synchronized double latencyMillis(double percent) {
    return latencies.getValueAtPercentile(percent) / 1_000.0;
  }

  /** The usual percentiles in one line. */
  public String latencies() {
    return String.format(
        Locale.ROOT,
        "p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, longest %.0f ms",
        latencyMillis(50),
        latencyMillis(95),
        latencyMillis(99),
        latencyMillis(100));
  }
}
