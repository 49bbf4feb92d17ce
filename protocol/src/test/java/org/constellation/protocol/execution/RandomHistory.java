package org.constellation.protocol.execution;

import static org.constellation.protocol.testkit.TestStar.give;
import static org.constellation.protocol.testkit.TestStar.take;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.envelope.SignedMessage;
import org.constellation.protocol.envelope.Vote;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.testkit.HashedSignatures;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.protocol.wire.VoteCodec;

/**
 * Composes blocks from a seed: stars that trade, err and cheat, clusters that mix everything up.
 * Segments are lost, repeated, sent to other clusters, forged and forked; amounts overflow.
 */
final class RandomHistory {

  private static final int CLUSTERS = 3;
  private static final int STARS = 7;

  /** A segment and where it belongs, as far as its maker knows. */
  private record Sent(int cluster, Segment segment) {}

  private final Random random;

  /** Members' offences are drawn apart, so that what stars do does not depend on them. */
  private final Random offences;

  private final TestNetwork network;
  private final TestLedger ledger;
  private final List<TestStar> stars;
  private final List<Sent> sent = new ArrayList<>();
  private final List<Hash> proposals = new ArrayList<>();
  private final List<AssetId> assets = new ArrayList<>(List.of(AssetId.NO0S));
  private final List<Notice> notices = new ArrayList<>();
  private final List<Evidence> evidence = new ArrayList<>();
  private final boolean definesAssets;

  RandomHistory(long seed) {
    this(seed, 100, 3, true);
  }

  /**
   * Nobody ever lacks funds or places, so what becomes of a half-block does not depend on when
   * others' holds are released.
   */
  static RandomHistory ofPlenty(long seed) {
    return new RandomHistory(seed, 1_000_000_000_000L, 1_000_000, false);
  }

  private RandomHistory(long seed, long balance, int placesMax, boolean definesAssets) {
    this.random = new Random(seed);
    this.offences = new Random(seed + 1_000_000);
    this.definesAssets = definesAssets;
    var parameters = new Genesis.Parameters(1_000, 8, 30, 10, placesMax, placesMax, 1_000, 64);
    this.network =
        TestNetwork.of(seed, CLUSTERS, STARS, balance, parameters, new HashedSignatures());
    this.ledger = new TestLedger(network);
    this.stars = new ArrayList<>(network.stars());
  }

  TestNetwork network() {
    return network;
  }

  TestLedger ledger() {
    return ledger;
  }

  /** The next block. */
  TestLedger.Draft next() {
    ledger.later(random.nextInt(4) == 0 ? random.nextInt(12) : random.nextInt(2));
    var draft = ledger.block();
    var order = new ArrayList<>(IntStream.range(0, CLUSTERS).boxed().toList());
    Collections.shuffle(order, random);
    var bodies = new ArrayList<List<Segment>>();
    order.forEach(_ -> bodies.add(new ArrayList<>()));
    var count = random.nextInt(14);
    for (var i = 0; i < count; i++) {
      for (var one : segments()) {
        bodies
            .get(random.nextInt(30) == 0 ? random.nextInt(CLUSTERS) : one.cluster())
            .add(one.segment());
      }
    }
    for (var cluster : order) {
      var segments = bodies.get(cluster);
      if (random.nextInt(8) == 0) {
        Collections.shuffle(segments, random);
      }
      var cut = segments.isEmpty() ? 0 : random.nextInt(segments.size());
      draft.checkpoint(
          cluster, new CheckpointBody(segments.subList(0, cut), List.copyOf(someEvidence())));
      draft.checkpoint(
          cluster, new CheckpointBody(segments.subList(cut, segments.size()), List.of()));
    }
    IntStream.range(0, random.nextInt(4)).forEach(_ -> draft.notices(notice()));
    if (offences.nextInt(6) == 0) {
      evidence.add(offence());
    }
    someEvidence().forEach(draft::evidence);
    return draft;
  }

  /**
   * A member, or most of a committee, says two things; sometimes of an era that is not in force.
   */
  private Evidence offence() {
    var cluster = offences.nextInt(CLUSTERS + 1) - 1;
    var committee = cluster < 0 ? Committee.GALAXY : Committee.ofCluster(cluster);
    var keys = cluster < 0 ? network.galaxyKeys() : network.clusterKeys(cluster);
    var era = offences.nextInt(8) == 0 ? 1 : 0;
    var round = 1 + offences.nextInt(5);
    if (cluster < 0 || offences.nextBoolean()) {
      var key = keys.get(offences.nextInt(keys.size()));
      return new Evidence.DoubleVote(
          vote(key, committee, era, round, 1), vote(key, committee, era, round, 2));
    }
    return new Evidence.TwoHeaders(
        head(cluster, era, round, 1, keys), head(cluster, era, round, 2, keys));
  }

  private SignedMessage vote(SigningKey key, Committee committee, long era, long round, int value) {
    var header =
        new Envelope.Header(ledger.state().network(), committee, era, key.publicKey(), 1, 1);
    var slot = new Vote.Slot(round, 0, Vote.Kind.ECHO, 0);
    var vote = VoteCodec.encode(new Vote(slot, Bytes.copyOf(new byte[] {(byte) value})));
    return EnvelopeCodec.extract(EnvelopeCodec.seal(header, List.of(vote), key), 0);
  }

  /** Signed by all but one, or by too few. */
  private CertifiedHead head(int cluster, long era, long round, int time, List<SigningKey> keys) {
    var header =
        CheckpointCodec.header(
            ledger.state().network(),
            cluster,
            era,
            round,
            Hash.ZERO,
            0,
            new CheckpointBody(List.of(), List.of()),
            List.of(),
            time);
    var missing = offences.nextInt(keys.size());
    var tooFew = offences.nextInt(5) == 0;
    var signers =
        IntStream.range(0, keys.size())
            .filter(i -> i != missing && !(tooFew && i == (missing + 1) % keys.size()))
            .toArray();
    return new CertifiedHead.OfCheckpoint(
        header, TestNetwork.certificate(keys, header.hash(), signers));
  }

  private List<Evidence> someEvidence() {
    return evidence.isEmpty() || random.nextInt(3) > 0
        ? List.of()
        : List.of(evidence.get(random.nextInt(evidence.size())));
  }

  private List<Sent> segments() {
    if (!sent.isEmpty() && random.nextInt(6) == 0) {
      return List.of(sent.get(random.nextInt(sent.size())));
    }
    var star = stars.get(random.nextInt(stars.size()));
    catchUp(star);
    var home = ledger.state().star(star.id()).map(record -> record.home());
    var cluster = home.orElse(random.nextInt(CLUSTERS));
    var written =
        switch (random.nextInt(24)) {
          case 0 -> forked(star);
          case 1 -> lost(star);
          case 2 -> forged(star);
          case 3 -> List.of(new TestStar(Hash.ZERO, star.key()).say(body(star)));
          case 4 -> List.of(star.changeKey(network.newKey()));
          case 5 -> List.of(star.say(body(star), star.keyChange(network.newKey()), body(star)));
          case 6, 7, 8 -> burst(star);
          default -> List.of(star.say(body(star)));
        };
    var result = written.stream().map(segment -> new Sent(cluster, segment)).toList();
    written.forEach(this::remember);
    sent.addAll(result);
    return result;
  }

  /** Somebody whose half-blocks were turned away begins again at the executed head, mostly. */
  private void catchUp(TestStar star) {
    var known = ledger.state().star(star.id());
    if (known.isPresent()
        && star.sequence() > known.get().sequence() + 3
        && random.nextInt(3) > 0) {
      star.goBackTo(known.get().sequence(), known.get().head());
    }
  }

  private List<Segment> forked(TestStar star) {
    var sequence = star.sequence();
    var head = star.head();
    var one = star.say(body(star));
    star.goBackTo(sequence, head);
    var other = star.say(body(star));
    evidence.add(new Evidence.Fork(one, other));
    return random.nextBoolean() ? List.of(one, other) : List.of(other);
  }

  private List<Segment> lost(TestStar star) {
    var first = star.write(body(star));
    var second = star.write(body(star));
    return random.nextBoolean()
        ? List.of(star.sign(List.of(second)), star.sign(List.of(first, second)))
        : List.of(star.sign(List.of(second)));
  }

  private List<Segment> forged(TestStar star) {
    var honest = star.say(body(star));
    return List.of(Segment.of(honest.key(), honest.halfBlocks(), TestStar.NO_SIGNATURE), honest);
  }

  private List<Segment> burst(TestStar star) {
    var run = IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(_ -> body(star)).toList();
    return List.of(star.say(run.toArray(Body[]::new)));
  }

  private void remember(Segment segment) {
    for (var halfBlock : segment.halfBlocks()) {
      switch (halfBlock.body()) {
        case Body.Proposal _ -> proposals.add(halfBlock.id());
        case Body.AssetDefinition _ -> {
          if (definesAssets) {
            assets.add(new AssetId(halfBlock.id()));
          }
        }
        case Body.Agreement _,
            Body.Refusal _,
            Body.Cancellation _,
            Body.ContractRegistration _,
            Body.CompositionRegistration _,
            Body.KeyChange _ -> {}
      }
    }
  }

  private Body body(TestStar star) {
    return switch (random.nextInt(16)) {
      case 0, 1, 2, 3, 4, 5 -> proposal(star);
      case 6, 7, 8, 9, 10 -> new Body.Agreement(someProposal(star));
      case 11 -> new Body.Refusal(someProposal(star));
      case 12 -> new Body.Cancellation(someProposal(star));
      case 13 -> new Body.AssetDefinition("A" + random.nextInt(100), "asset", 2);
      case 14 -> new Body.CompositionRegistration("composition", Bytes.EMPTY);
      default -> stars.get(random.nextInt(stars.size())).keyChange(network.newKey());
    };
  }

  /** A proposal, and mostly at once the counterparty's agreement in some later segment. */
  private Body proposal(TestStar star) {
    var other = stars.get(random.nextInt(stars.size()));
    var legs = new ArrayList<Leg>();
    for (var i = 0; i < random.nextInt(4); i++) {
      var asset =
          random.nextInt(20) == 0
              ? new AssetId(star.id().key().equals(other.id().key()) ? Hash.ZERO : star.head())
              : assets.get(random.nextInt(Math.min(assets.size(), 4)));
      legs.add(random.nextInt(3) == 0 ? take(asset, amount()) : give(asset, amount()));
    }
    var validUntil = Math.max(0, ledger.tick() - 2 + random.nextInt(random.nextInt(9) + 1) * 6L);
    return TestStar.offer(other, validUntil, legs.toArray(Leg[]::new));
  }

  private long amount() {
    return random.nextInt(15) == 0
        ? Long.MAX_VALUE - random.nextInt(3)
        : 1 + random.nextInt(random.nextInt(5) == 0 ? 200 : 20);
  }

  /** Most often one of the latest, or one that waits for this very star. */
  private Hash someProposal(TestStar star) {
    var holds =
        proposals.stream()
            .filter(
                id ->
                    ledger
                        .state()
                        .hold(id)
                        .filter(hold -> hold.counterparty().equals(star.id()))
                        .isPresent())
            .toList();
    if (!holds.isEmpty() && random.nextInt(4) > 0) {
      return holds.get(random.nextInt(holds.size()));
    }
    if (proposals.isEmpty()) {
      return star.head();
    }
    return proposals.get(
        Math.max(0, proposals.size() - 1 - random.nextInt(random.nextInt(20) + 1)));
  }

  private Notice notice() {
    if (!notices.isEmpty() && random.nextInt(4) == 0) {
      return notices.get(random.nextInt(notices.size()));
    }
    if (random.nextInt(6) == 0 && stars.size() < 2 * STARS) {
      stars.add(network.newStar());
    }
    var star = stars.get(random.nextInt(stars.size()));
    var sequence = ledger.state().star(star.id()).map(record -> record.sequence()).orElse(0L);
    var clusters =
        switch (random.nextInt(9)) {
          case 0 -> List.of(9);
          case 1 -> List.of(0);
          default -> List.of(0, 1, 2);
        };
    Notice.Payload payload =
        switch (random.nextInt(6)) {
          case 0, 1 -> new Notice.Join(clusters);
          case 2, 3 -> new Notice.Relocation(sequence, clusters);
          case 4 -> new Notice.CheckIn(1, Hash.ZERO);
          default -> new Notice.CandidateWithdrawal();
        };
    var notice = star.notice(random.nextInt(12), payload);
    notices.add(notice);
    return notice;
  }
}
