package org.constellation.platform.member;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.constellation.platform.journal.Journal;
import org.constellation.platform.observe.Metrics;

/** A member's figures: in total, and by round as the differences between finished rounds. */
final class MemberMetrics {

  private final MeterRegistry meters;
  private final MemberSeat seat;
  private final Tags tags;
  private final Timer checks;
  private final Counter refused;
  private final Counter syncs;
  private final Counter journalBytes;
  private final Timer rounds;
  private final DistributionSummary roundMessages;
  private final DistributionSummary roundBytes;
  private final DistributionSummary roundSyncs;
  private final DistributionSummary roundChecks;
  private final AtomicLong height;
  private long messages;
  private long bytes;
  private long syncsBefore;
  private long journalBytesBefore;
  private Figures atLastRound = new Figures(0, 0, 0, 0);

  private record Figures(long messages, long bytes, long syncs, long checks) {}

  /**
   * @param recalled the newest certified round of the journal
   */
  MemberMetrics(MeterRegistry meters, MemberSeat seat, long recalled) {
    this.meters = meters;
    this.seat = seat;
    this.tags = Tags.of(Metrics.MEMBER, seat.name());
    this.checks = meters.timer(Metrics.SIGNATURE_CHECKS, tags);
    this.refused = meters.counter(Metrics.INBOX_REFUSED, tags);
    this.syncs = meters.counter(Metrics.JOURNAL_SYNCS, tags);
    this.journalBytes = meters.counter(Metrics.JOURNAL_BYTES, tags);
    this.rounds = meters.timer(Metrics.ROUND_DURATION, tags);
    this.roundMessages = meters.summary(Metrics.ROUND_MESSAGES, tags);
    this.roundBytes = meters.summary(Metrics.ROUND_BYTES, tags);
    this.roundSyncs = meters.summary(Metrics.ROUND_SYNCS, tags);
    this.roundChecks = meters.summary(Metrics.ROUND_SIGNATURE_CHECKS, tags);
    this.height = new AtomicLong(recalled);
    meters.gauge(Metrics.HEIGHT, tags, height);
  }

  void refused() {
    refused.increment();
  }

  void note(JoinedStep<?> step, Journal journal) {
    for (var message : step.broadcast) {
      messages++;
      bytes += message.length();
    }
    for (var answer : step.answers) {
      messages++;
      bytes += answer.message().length();
    }
    for (var fault : step.faults) {
      meters
          .counter(
              Metrics.FAULTS,
              tags.and(
                  Metrics.CODE, fault.kind().name(),
                  Metrics.CULPRIT, seat.plan().nameOf(fault.member())))
          .increment();
    }
    syncs.increment((double) (journal.syncs() - syncsBefore));
    syncsBefore = journal.syncs();
    journalBytes.increment((double) (journal.bytesWritten() - journalBytesBefore));
    journalBytesBefore = journal.bytesWritten();
    step.certified.forEach(block -> height.set(Math.max(height.get(), block.round())));
    for (var report : step.reports) {
      if (report.startedMillis() > 0) {
        rounds.record(
            Math.max(0, report.certifiedMillis() - report.startedMillis()), TimeUnit.MILLISECONDS);
      }
      roundDone();
    }
  }

  private void roundDone() {
    var now = new Figures(messages, bytes, syncsBefore, checks.count());
    roundMessages.record((double) (now.messages() - atLastRound.messages()));
    roundBytes.record((double) (now.bytes() - atLastRound.bytes()));
    roundSyncs.record((double) (now.syncs() - atLastRound.syncs()));
    roundChecks.record((double) (now.checks() - atLastRound.checks()));
    atLastRound = now;
  }
}
