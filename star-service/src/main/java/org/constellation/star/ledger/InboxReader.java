package org.constellation.star.ledger;

import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.ChainCodec;
import org.springframework.stereotype.Component;

/**
 * Reads proposals for counterparties, from now on: what was missed comes with the galaxy block that
 * executes it. Segments prove themselves, so anybody may bring them.
 */
@Component
public final class InboxReader {

  private final Genesis genesis;
  private final SignatureVerifier verifier;
  private final News news;
  private final Unread<Segment> unread = new Unread<>();

  public InboxReader(Genesis genesis, SignatureVerifier verifier, News news) {
    this.genesis = genesis;
    this.verifier = verifier;
    this.news = news;
  }

  /**
   * Takes envelopes of the inbox whose signatures hold.
   *
   * @return whether all that they say was taken; if not, the same ones are to be brought again, and
   *     no others before
   */
  public boolean take(List<Envelope> envelopes) {
    return unread.handOver(() -> read(envelopes), news::delivered);
  }

  private List<Segment> read(List<Envelope> envelopes) {
    var segments = new ArrayList<Segment>();
    for (var envelope : envelopes) {
      for (var message : envelope.messages()) {
        ChainCodec.decodeSegment(message)
            .toOptional()
            .filter(this::isNews)
            .ifPresent(segments::add);
      }
    }
    return segments;
  }

  private boolean isNews(Segment segment) {
    return segment.first().network().equals(genesis.network())
        && segment.halfBlocks().stream().anyMatch(one -> one.body() instanceof Body.Proposal)
        && segment.isSignedBy(verifier);
  }
}
