package org.constellation.star.ledger.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Consumer;
import org.constellation.consensus.cluster.Verdict;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Purpose;
import org.constellation.platform.transport.StreamEnvelopes;
import org.constellation.platform.verdict.VerdictFormat;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.star.ledger.LedgerView;
import org.constellation.star.ledger.News;
import org.springframework.stereotype.Component;

/**
 * Reads what facilitators refuse. Only what no later state lifts is news, and only when so many of
 * the star's home cluster say it that a correct one is among them; all else is sent again.
 */
@Component("verdicts")
class VerdictReader implements Consumer<byte[]> {

  private final StreamEnvelopes envelopes;
  private final LedgerView ledger;
  private final Facilitators facilitators;
  private final MeterRegistry meters;
  private final News news;
  private final VerdictTally tally = new VerdictTally();

  VerdictReader(
      StreamEnvelopes envelopes,
      LedgerView ledger,
      Facilitators facilitators,
      MeterRegistry meters,
      News news) {
    this.envelopes = envelopes;
    this.ledger = ledger;
    this.facilitators = facilitators;
    this.meters = meters;
    this.news = news;
  }

  @Override
  public void accept(byte[] bytes) {
    var envelope = envelopes.open(Purpose.VERDICTS, facilitators, bytes);
    if (envelope.isEmpty()) {
      return;
    }
    for (var message : envelope.get().messages()) {
      var verdict = VerdictFormat.decode(message);
      try {
        if (verdict.isPresent()) {
          read(envelope.get().header().sender(), verdict.get());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void read(PublicKey facilitator, Verdict verdict) throws InterruptedException {
    meters.counter(Metrics.VERDICTS, Metrics.CODE, verdict.reason().name()).increment();
    var state = ledger.state();
    var home =
        state.star(verdict.star()).flatMap(star -> state.eraPlan(Committee.ofCluster(star.home())));
    if (verdict.isForGood()
        && home.filter(plan -> tally.add(facilitator, plan, verdict)).isPresent()) {
      news.refused(verdict);
    }
  }
}
