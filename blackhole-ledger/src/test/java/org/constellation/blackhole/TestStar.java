package org.constellation.blackhole;

import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.KeyPossession;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.ChainCodec;

/** A star that writes its own chain. */
public final class TestStar {

  private final Hash network;
  private SigningKey key;
  private final StarId id;
  private long sequence;
  private Hash head = Hash.ZERO;

  TestStar(Hash network, SigningKey key) {
    this.network = network;
    this.key = key;
    this.id = new StarId(key.publicKey());
  }

  public StarId id() {
    return id;
  }

  /** The next half-blocks under one signature. */
  public Segment say(Body... bodies) {
    var run = new ArrayList<HalfBlock>();
    for (var body : bodies) {
      var halfBlock = ChainCodec.halfBlock(network, id, sequence + 1, head, body);
      sequence = halfBlock.sequence();
      head = halfBlock.id();
      run.add(halfBlock);
    }
    return Segment.of(key.publicKey(), run, key.sign(Segment.signedMessage(head)));
  }

  /** Another half-block in the place of the newest one. */
  public Segment fork(Hash before, Body body) {
    var halfBlock = ChainCodec.halfBlock(network, id, sequence, before, body);
    return Segment.of(
        key.publicKey(), List.of(halfBlock), key.sign(Segment.signedMessage(halfBlock.id())));
  }

  /** Other half-blocks after an earlier one of its chain. */
  public Segment instead(long after, Hash before, Body... bodies) {
    var latest = sequence;
    var latestId = head;
    sequence = after;
    head = before;
    var other = say(bodies);
    sequence = latest;
    head = latestId;
    return other;
  }

  /** The same half-blocks, signed once more by whoever has its key now. */
  public Segment again(Segment segment) {
    return Segment.of(
        key.publicKey(),
        segment.halfBlocks(),
        key.sign(Segment.signedMessage(segment.last().id())));
  }

  /** From here on it signs with another key. */
  public Segment changeKey(SigningKey newKey) {
    var proof = newKey.sign(KeyPossession.message(network, id, newKey.publicKey()));
    var change = say(new Body.KeyChange(newKey.publicKey(), proof));
    key = newKey;
    return change;
  }

  /** Offers to give no0s. */
  public static Body.Proposal pay(TestStar to, long amount) {
    return offer(to, "", give(AssetId.NO0S, amount));
  }

  /** Offers anything, for a long time. */
  public static Body.Proposal offer(TestStar to, String memo, Leg... legs) {
    return new Body.Proposal(to.id(), List.of(legs), 1_000, new Body.Memo(memo));
  }

  public static Leg give(AssetId asset, long amount) {
    return new Leg(Leg.Direction.GIVE, asset, amount);
  }

  public static Leg take(AssetId asset, long amount) {
    return new Leg(Leg.Direction.TAKE, asset, amount);
  }
}
