package org.constellation.star.ledger;

import org.constellation.platform.transport.SenderCheck;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.springframework.stereotype.Component;

/** Wants envelopes of those who sit in a cluster's committee by the latest state. */
@Component
public final class Facilitators implements SenderCheck {

  private final LedgerView ledger;

  public Facilitators(LedgerView ledger) {
    this.ledger = ledger;
  }

  @Override
  public boolean admits(Envelope.Header header) {
    return header.committee().layer() == Committee.Layer.CLUSTER
        && ledger
            .state()
            .eraPlan(header.committee())
            .filter(plan -> plan.hasSeat(header.sender()))
            .isPresent();
  }
}
