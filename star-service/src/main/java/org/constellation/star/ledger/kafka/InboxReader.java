package org.constellation.star.ledger.kafka;

import java.util.List;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.SenderCheck;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.star.ledger.News;
import org.constellation.star.ledger.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Reads proposals for counterparties, from now on: what was missed comes with the galaxy block that
 * executes it. Segments prove themselves, so anybody may bring them.
 */
@Component
class InboxReader implements Reader {

  private final Transport transport;
  private final Topics topics;
  private final Genesis genesis;
  private final SignatureVerifier verifier;
  private @Nullable EnvelopeSubscription subscription;

  InboxReader(Transport transport, Topics topics, Genesis genesis, SignatureVerifier verifier) {
    this.transport = transport;
    this.topics = topics;
    this.genesis = genesis;
    this.verifier = verifier;
  }

  @Override
  public void start(News news) {
    subscription =
        transport.subscribe(
            new Subscription(
                "star-inbox",
                genesis.network(),
                List.of(Feed.of(topics.inbox())),
                Subscription.StartAt.LATEST,
                SenderCheck.anyone(),
                verifier),
            batch -> read(batch, news));
  }

  private void read(List<ReceivedEnvelope> batch, News news) {
    for (var envelope : batch) {
      for (var message : envelope.messages()) {
        try {
          read(message, news);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private void read(Bytes message, News news) throws InterruptedException {
    var segment = ChainCodec.decodeSegment(message).toOptional().orElse(null);
    if (segment != null
        && segment.first().network().equals(genesis.network())
        && segment.halfBlocks().stream().anyMatch(one -> one.body() instanceof Body.Proposal)
        && segment.isSignedBy(verifier)) {
      news.delivered(segment);
    }
  }

  @Override
  public @Nullable String trouble() {
    return subscription == null ? "not started" : subscription.trouble();
  }

  @Override
  public void close() {
    if (subscription != null) {
      subscription.close();
    }
  }
}
