package org.constellation.star.ledger.kafka;

import java.util.function.Consumer;
import org.constellation.platform.topics.Purpose;
import org.constellation.platform.transport.SenderCheck;
import org.constellation.platform.transport.StreamEnvelopes;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.star.ledger.News;
import org.springframework.stereotype.Component;

/**
 * Reads proposals for counterparties, from now on: what was missed comes with the galaxy block that
 * executes it. Segments prove themselves, so anybody may bring them.
 */
@Component("inbox")
class InboxReader implements Consumer<byte[]> {

  private final StreamEnvelopes envelopes;
  private final Genesis genesis;
  private final SignatureVerifier verifier;
  private final News news;

  InboxReader(StreamEnvelopes envelopes, Genesis genesis, SignatureVerifier verifier, News news) {
    this.envelopes = envelopes;
    this.genesis = genesis;
    this.verifier = verifier;
    this.news = news;
  }

  @Override
  public void accept(byte[] bytes) {
    var envelope = envelopes.open(Purpose.INBOX, SenderCheck.anyone(), bytes);
    if (envelope.isEmpty()) {
      return;
    }
    for (var message : envelope.get().messages()) {
      try {
        read(message);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private void read(Bytes message) throws InterruptedException {
    var segment = ChainCodec.decodeSegment(message).toOptional().orElse(null);
    if (segment != null
        && segment.first().network().equals(genesis.network())
        && segment.halfBlocks().stream().anyMatch(one -> one.body() instanceof Body.Proposal)
        && segment.isSignedBy(verifier)) {
      news.delivered(segment);
    }
  }
}
