package org.constellation.consensus.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.CommitteeMember;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.KeySet;
import org.constellation.protocol.block.MemberRecord;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.envelope.SignedMessage;
import org.constellation.protocol.envelope.Vote;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.protocol.wire.GenesisCodec;
import org.constellation.protocol.wire.VoteCodec;

/** A genesis, its keys, and what they sign, for tests that put a layer's rules to the question. */
public final class SmallLedger {

  /** Checks what any {@link Key} signed. */
  public static final SignatureVerifier VERIFIER =
      (key, message, signature) -> signature(key, message).equals(signature);

  private final int members;
  private final Genesis genesis;

  /** Star {@code i} is at home in cluster i mod {@code clusters}. */
  public SmallLedger(int clusters, int members, int stars) {
    this.members = members;
    this.genesis =
        GenesisCodec.genesis(
            "small",
            Genesis.Parameters.DEFAULT,
            plan(Committee.GALAXY, members),
            IntStream.range(0, clusters)
                .mapToObj(cluster -> plan(Committee.ofCluster(cluster), members))
                .toList(),
            IntStream.range(0, stars)
                .mapToObj(
                    i -> new Genesis.GenesisStar(star(i).star(), i % clusters, 1_000_000, 1_000))
                .sorted(Comparator.comparing(Genesis.GenesisStar::star))
                .toList(),
            0);
  }

  /** A key that anybody could use, behind the real interface. */
  public record Key(PublicKey publicKey) implements SigningKey {

    /** The star whose first key it is. */
    public StarId star() {
      return new StarId(publicKey);
    }

    @Override
    public Signature sign(byte[] message) {
      return signature(publicKey, message);
    }

    @Override
    public byte[] seed() {
      throw new UnsupportedOperationException("there is no secret");
    }
  }

  private static Key key(String name, long number) {
    return new Key(
        PublicKey.of(Hashing.tagged("TEST-KEY").text(name).number(number).finish().toBytes()));
  }

  private static Signature signature(PublicKey key, byte[] message) {
    var mac = Hashing.hash("TEST-MAC", key.toBytes(), message).toBytes();
    var bytes = new byte[Signature.LENGTH];
    System.arraycopy(mac, 0, bytes, 0, mac.length);
    return Signature.of(bytes);
  }

  /** A star's first key. */
  public static Key star(int number) {
    return key("star", number);
  }

  /** A committee's keys, in the order of its plan. */
  public static List<Key> members(Committee committee, int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> key(committee.toString(), i))
        .sorted(Comparator.comparing(Key::publicKey))
        .toList();
  }

  private static EraPlan plan(Committee committee, int size) {
    var point = new byte[33];
    point[0] = 2;
    var share = Bytes.copyOf(point);
    return new EraPlan(
        committee,
        0,
        members(committee, size).stream()
            .map(key -> new CommitteeMember(walletOf(key.publicKey()), key.publicKey(), share))
            .toList(),
        new KeySet(
            Hash.ZERO,
            (size - 1) / 3,
            share,
            Collections.nCopies(size, share),
            IntStream.rangeClosed(1, size).boxed().toList()),
        0);
  }

  /** The galaxy's plan. */
  public EraPlan galaxy() {
    return genesis.galaxy();
  }

  /** A cluster's plan. */
  public EraPlan cluster(int number) {
    return genesis.clusters().get(number);
  }

  /** Names the network. */
  public Hash network() {
    return genesis.network();
  }

  /** The state at height 0. */
  public LedgerState state() {
    return LedgerState.genesis(genesis);
  }

  private static StarId walletOf(PublicKey operationalKey) {
    return StarId.of(Hashing.hash("TEST-WALLET", operationalKey.toBytes()).toBytes());
  }

  /** Half-blocks with these bodies at the end of a chain. */
  public List<HalfBlock> run(StarId star, List<HalfBlock> before, List<? extends Body> bodies) {
    var run = new ArrayList<HalfBlock>();
    var previous = before.isEmpty() ? Hash.ZERO : before.getLast().id();
    var sequence = before.isEmpty() ? 0 : before.getLast().sequence();
    for (var body : bodies) {
      var halfBlock = ChainCodec.halfBlock(network(), star, ++sequence, previous, body);
      previous = halfBlock.id();
      run.add(halfBlock);
    }
    return run;
  }

  /** Puts a signature under half-blocks. */
  public static Segment sign(Key key, List<HalfBlock> run) {
    return Segment.of(key.publicKey(), run, key.sign(Segment.signedMessage(run.getLast().id())));
  }

  /** {@code count} segments of one star after each other, each with {@code length} half-blocks. */
  public List<Segment> chain(Key key, int count, int length, Body body) {
    var segments = new ArrayList<Segment>();
    List<HalfBlock> last = List.of();
    for (var i = 0; i < count; i++) {
      last = run(key.star(), last, Collections.nCopies(length, body));
      segments.add(sign(key, last));
    }
    return segments;
  }

  /** A body of about 4 KiB, different for each {@code mark}. */
  public static Body large(int mark) {
    var manifest = new byte[Body.PAYLOAD_BYTES_MAX];
    manifest[0] = (byte) mark;
    manifest[1] = (byte) (mark >> Byte.SIZE);
    return new Body.CompositionRegistration("large", Bytes.copyOf(manifest));
  }

  /** A small body, different for each {@code mark}. */
  public static Body small(int mark) {
    return new Body.Refusal(Hashing.tagged("TEST-MARK").number(mark).finish());
  }

  /** Two values of one member in one slot of a round. */
  public Evidence doubleVote(Key member, Committee committee, long era, long round) {
    return new Evidence.DoubleVote(
        vote(member, committee, era, round, 1), vote(member, committee, era, round, 2));
  }

  private SignedMessage vote(Key member, Committee committee, long era, long round, int value) {
    var header = new Envelope.Header(network(), committee, era, member.publicKey(), 1, 1);
    var slot = new Vote.Slot(round, 0, Vote.Kind.ECHO, 0);
    var vote = VoteCodec.encode(new Vote(slot, Bytes.copyOf(new byte[] {(byte) value})));
    return EnvelopeCodec.extract(EnvelopeCodec.seal(header, List.of(vote), member), 0);
  }

  /** A checkpoint that everybody in its cluster signed. */
  public CertifiedCheckpoint checkpoint(
      int cluster, long round, Hash previous, long galaxyHeight, CheckpointBody body) {
    var header =
        CheckpointCodec.header(
            network(),
            cluster,
            0,
            round,
            previous,
            galaxyHeight,
            body,
            Collections.nCopies(members, new MemberRecord(true, 0, 0, 0)),
            round);
    return new CertifiedCheckpoint(header, certificate(cluster, header.hash()), body);
  }

  /** The first checkpoint of a cluster. */
  public CertifiedCheckpoint checkpoint(int cluster, CheckpointBody body) {
    return checkpoint(cluster, 1, CheckpointHeader.genesisOf(network(), cluster), 0, body);
  }

  private Certificate certificate(int cluster, Hash header) {
    var keys = members(Committee.ofCluster(cluster), members);
    return new Certificate(
        IntStream.range(0, members)
            .mapToObj(
                i ->
                    new Certificate.MemberSignature(
                        i, keys.get(i).sign(Certificate.signedMessage(header))))
            .toList());
  }
}
