package org.constellation.protocol.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.KeyPossession;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.NoticeCodec;

/** A star that writes its own chain; honest unless a test makes it otherwise. */
public final class TestStar {

  /** A signature of nobody over anything. */
  public static final Signature NO_SIGNATURE = Signature.of(new byte[Signature.LENGTH]);

  private final Hash network;
  private final StarId id;
  private SigningKey key;
  private long sequence;
  private Hash head = Hash.ZERO;

  public TestStar(Hash network, SigningKey key) {
    this.network = network;
    this.id = new StarId(key.publicKey());
    this.key = key;
  }

  public StarId id() {
    return id;
  }

  public SigningKey key() {
    return key;
  }

  public long sequence() {
    return sequence;
  }

  public Hash head() {
    return head;
  }

  /** From now on another key signs. */
  public void signWith(SigningKey other) {
    key = other;
  }

  /** Forgets everything after {@code sequence}: what it writes next is a fork. */
  public void goBackTo(long formerSequence, Hash formerHead) {
    sequence = formerSequence;
    head = formerHead;
  }

  /** The next half-block. */
  public HalfBlock write(Body body) {
    var halfBlock = ChainCodec.halfBlock(network, id, sequence + 1, head, body);
    sequence = halfBlock.sequence();
    head = halfBlock.id();
    return halfBlock;
  }

  /** The next half-blocks, signed. */
  public Segment say(Body... bodies) {
    return sign(Arrays.stream(bodies).map(this::write).toList());
  }

  /** Signs a run of its half-blocks. */
  public Segment sign(List<HalfBlock> run) {
    return Segment.of(key.publicKey(), run, key.sign(Segment.signedMessage(run.getLast().id())));
  }

  /** The run as one segment for each half-block. */
  public List<Segment> sayOneByOne(Body... bodies) {
    var segments = new ArrayList<Segment>();
    for (var body : bodies) {
      segments.add(say(body));
    }
    return segments;
  }

  /** A notice. */
  public Notice notice(long counter, Notice.Payload payload) {
    return NoticeCodec.notice(network, id, counter, payload, key);
  }

  /** Adopts another key and signs with it from the next half-block on. */
  public Segment changeKey(SigningKey newKey) {
    var segment = say(keyChange(newKey));
    key = newKey;
    return segment;
  }

  /** What adopts another key, with its proof. */
  public Body.KeyChange keyChange(SigningKey newKey) {
    return new Body.KeyChange(
        newKey.publicKey(), newKey.sign(KeyPossession.message(network, id, newKey.publicKey())));
  }

  /** Offers to give no0s. */
  public static Body.Proposal pay(TestStar to, long amount, long validUntil) {
    return offer(to, validUntil, give(AssetId.NO0S, amount));
  }

  public static Body.Proposal offer(TestStar to, long validUntil, Leg... legs) {
    return new Body.Proposal(to.id(), List.of(legs), validUntil, new Body.Memo(""));
  }

  public static Leg give(AssetId asset, long amount) {
    return new Leg(Leg.Direction.GIVE, asset, amount);
  }

  public static Leg take(AssetId asset, long amount) {
    return new Leg(Leg.Direction.TAKE, asset, amount);
  }
}
