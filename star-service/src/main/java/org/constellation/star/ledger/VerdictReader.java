package org.constellation.star.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.constellation.consensus.cluster.Verdict;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.verdict.VerdictFormat;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.springframework.stereotype.Component;

/**
 * Reads what facilitators refuse. Only what no later state lifts is news, and only when so many of
 * the star's home cluster say it that a correct one is among them; all else is sent again.
 */
@Component
public final class VerdictReader {

  private final LedgerView ledger;
  private final MeterRegistry meters;
  private final News news;
  private final VerdictTally tally = new VerdictTally();
  private final Unread<Verdict> unread = new Unread<>();

  public VerdictReader(LedgerView ledger, MeterRegistry meters, News news) {
    this.ledger = ledger;
    this.meters = meters;
    this.news = news;
  }

  /**
   * Takes envelopes of {@link Facilitators} whose signatures hold.
   *
   * @return whether all that they say was taken; if not, the same ones are to be brought again, and
   *     no others before
   */
  public boolean take(List<Envelope> envelopes) {
    return unread.handOver(() -> read(envelopes), news::refused);
  }

  private List<Verdict> read(List<Envelope> envelopes) {
    var verdicts = new ArrayList<Verdict>();
    for (var envelope : envelopes) {
      for (var message : envelope.messages()) {
        VerdictFormat.decode(message)
            .filter(verdict -> isNews(envelope.header().sender(), verdict))
            .ifPresent(verdicts::add);
      }
    }
    return verdicts;
  }

  private boolean isNews(PublicKey facilitator, Verdict verdict) {
    meters.counter(Metrics.VERDICTS, Metrics.CODE, verdict.reason().name()).increment();
    var state = ledger.state();
    var home =
        state.star(verdict.star()).flatMap(star -> state.eraPlan(Committee.ofCluster(star.home())));
    return verdict.isForGood()
        && home.filter(plan -> tally.add(facilitator, plan, verdict)).isPresent();
  }
}
