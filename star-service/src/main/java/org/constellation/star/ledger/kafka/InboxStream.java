package org.constellation.star.ledger.kafka;

import java.util.List;
import java.util.function.Consumer;
import org.constellation.platform.topics.Purpose;
import org.constellation.platform.transport.SenderCheck;
import org.constellation.platform.transport.StreamEnvelopes;
import org.constellation.star.ledger.InboxReader;
import org.springframework.stereotype.Component;

/** The inbox, from now on. */
@Component("inbox")
class InboxStream implements Consumer<byte[]> {

  private final StreamEnvelopes envelopes;
  private final InboxReader reader;

  InboxStream(StreamEnvelopes envelopes, InboxReader reader) {
    this.envelopes = envelopes;
    this.reader = reader;
  }

  @Override
  public void accept(byte[] bytes) {
    envelopes.handOver(
        Purpose.INBOX, SenderCheck.anyone(), bytes, envelope -> reader.take(List.of(envelope)));
  }
}
