package org.constellation.star;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.observe.TransactionTrail;
import org.constellation.star.transaction.Transaction;
import org.constellation.star.transaction.TransactionStatus;
import org.constellation.star.writer.AfterCommit;

/**
 * Measures how long transactions took to their end, and leaves their trail. One that this service
 * met only when it had ended, for instance while it read the ledger again, says nothing about how
 * long they take.
 */
final class TransactionTimes implements AfterCommit {

  /** Time from a transaction's first sight by a star-service to its end; tag {@code code}. */
  static final String DURATION = "constellation.transaction.duration";

  private static final Duration[] BUCKETS =
      Stream.of(250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000)
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final AfterCommit next;
  private final Clock clock;
  private final Map<TransactionStatus, Timer> timers = new EnumMap<>(TransactionStatus.class);

  /** Measures, and tells {@code next}. */
  TransactionTimes(AfterCommit next, MeterRegistry meters, Clock clock) {
    this.next = next;
    this.clock = clock;
    for (var status : TransactionStatus.values()) {
      if (status.isEnd()) {
        timers.put(
            status,
            Timer.builder(DURATION)
                .tag(Metrics.CODE, status.name())
                .serviceLevelObjectives(BUCKETS)
                .register(meters));
      }
    }
  }

  @Override
  public void committed(Committed batch) {
    next.committed(batch);
    for (var transaction : batch.transactions()) {
      if (TransactionTrail.isOn()) {
        var step = transaction.status().name().toLowerCase(Locale.ROOT);
        TransactionTrail.passed(transaction.id(), step, transaction.progress().height());
      }
      var timer = timers.get(transaction.status());
      if (timer != null && !batch.changes().proposed().containsKey(transaction.id())) {
        timer.record(age(transaction));
      }
    }
  }

  private Duration age(Transaction transaction) {
    var age = Duration.between(transaction.proposedAt(), clock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }

  @Override
  public void recalled() {
    next.recalled();
  }
}
