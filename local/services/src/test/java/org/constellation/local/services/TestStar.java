package org.constellation.local.services;

import java.util.List;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.ChainCodec;

/** A star that keeps its own chain and sends its segments itself. */
final class TestStar {

  private final Genesis genesis;
  private final SigningKey key;
  private final StarId id;
  private Hash head = Hash.ZERO;
  private long sequence;

  TestStar(Genesis genesis, SigningKey key) {
    this.genesis = genesis;
    this.key = key;
    this.id = new StarId(key.publicKey());
  }

  StarId id() {
    return id;
  }

  /** A segment with one half-block that offers to pay. */
  Segment pay(StarId receiver, long amount, long validUntil) {
    return next(
        new Body.Proposal(
            receiver,
            List.of(new Leg(Leg.Direction.GIVE, AssetId.NO0S, amount)),
            validUntil,
            new Body.Memo("")));
  }

  /** A segment with one half-block that countersigns. */
  Segment agree(Hash proposal) {
    return next(new Body.Agreement(proposal));
  }

  private Segment next(Body body) {
    HalfBlock halfBlock = ChainCodec.halfBlock(genesis.network(), id, sequence + 1, head, body);
    sequence = halfBlock.sequence();
    head = halfBlock.id();
    Signature signature = key.sign(Segment.signedMessage(head));
    return Segment.of(key.publicKey(), List.of(halfBlock), signature);
  }
}
