package org.constellation.star.ledger.kafka;

import java.util.List;
import java.util.function.Consumer;
import org.constellation.platform.topics.Purpose;
import org.constellation.platform.transport.StreamEnvelopes;
import org.constellation.star.ledger.Facilitators;
import org.constellation.star.ledger.VerdictReader;
import org.springframework.stereotype.Component;

/** The clusters' verdicts, from now on. */
@Component("verdicts")
class VerdictStream implements Consumer<byte[]> {

  private final StreamEnvelopes envelopes;
  private final Facilitators facilitators;
  private final VerdictReader reader;

  VerdictStream(StreamEnvelopes envelopes, Facilitators facilitators, VerdictReader reader) {
    this.envelopes = envelopes;
    this.facilitators = facilitators;
    this.reader = reader;
  }

  @Override
  public void accept(byte[] bytes) {
    envelopes.handOver(
        Purpose.VERDICTS, facilitators, bytes, envelope -> reader.take(List.of(envelope)));
  }
}
