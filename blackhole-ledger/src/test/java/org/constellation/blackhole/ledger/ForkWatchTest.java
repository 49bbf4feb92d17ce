package org.constellation.blackhole.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.blackhole.TestStar.pay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.constellation.blackhole.TestGalaxy;
import org.constellation.blackhole.TestStar;
import org.constellation.blackhole.serving.ForkWatch;
import org.constellation.platform.loop.Loop;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.loop.Turn;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopeHandler;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.state.StarRecord;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.protocol.wire.EvidenceCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A keeper compares what is gossiped with its tables, in a real database. */
class ForkWatchTest {

  private static final Ed25519 ED25519 = Ed25519.best();

  private final TestGalaxy galaxy = new TestGalaxy("forks", 3, 1);
  private final TestStar alice = galaxy.star(0);
  private final TestStar bob = galaxy.star(1);
  private final Topics topics = new Topics(galaxy.genesis().name());
  private final SigningKey somebody = ED25519.generate(new Random(7));
  private final TestTables stored = new TestTables();
  private final Line line = new Line();
  private final OneLoop loops = new OneLoop();

  @BeforeEach
  void begin() {
    stored.keeper().begin(galaxy.genesis());
    new ForkWatch(
        galaxy.genesis(),
        topics,
        line,
        somebody,
        ED25519,
        stored.tables(),
        () -> Optional.of(galaxy.state()),
        loops);
  }

  @AfterEach
  void close() {
    stored.close();
  }

  private Segment keep(Segment segment) {
    stored.keeper().on(galaxy.certify(segment));
    return segment;
  }

  /** A chain of alice's with a segment of two half-blocks, and two after it. */
  private Segment chain() {
    var first = keep(alice.say(pay(bob, 1), pay(bob, 2)));
    keep(alice.say(pay(bob, 3)));
    keep(alice.say(pay(bob, 4)));
    return first;
  }

  private void gossip(Segment... segments) {
    line.hear(topics.gossip(0), List.of(segments).stream().map(ChainCodec::encode).toList());
  }

  private Evidence.Fork shown() {
    assertThat(line.published).hasSize(1);
    var said = line.published.removeFirst();
    assertThat(said.topic()).isEqualTo(topics.gossip(0));
    return (Evidence.Fork) EvidenceCodec.decode(said.message()).toOptional().orElseThrow();
  }

  private void assertNothingIsShown() {
    loops.pass(Duration.ofSeconds(10));
    assertThat(line.published).isEmpty();
  }

  @Test
  void aForkOfLongAgoIsShownUntilItsStarIsMarked() {
    var first = chain();
    var fork = alice.instead(0, Hash.ZERO, pay(bob, 5));
    gossip(fork);

    var found = shown();
    assertThat(found.first()).isEqualTo(first);
    assertThat(found.second()).isEqualTo(fork);
    loops.pass(Duration.ofSeconds(5));
    assertThat(shown()).isEqualTo(found);
    gossip(fork, alice.instead(0, Hash.ZERO, pay(bob, 6)));
    assertThat(line.published).isEmpty();

    var block = galaxy.certify(1, List.of(found));
    stored.keeper().on(block);
    assertThat(galaxy.state().star(alice.id()).filter(StarRecord::forked)).isPresent();
    assertThat(stored.receipts(Outcome.FORK)).isEqualTo(1);
    assertThat(stored.tables().accusation(block.height(), 0).orElseThrow().evidence())
        .isEqualTo(EvidenceCodec.encode(found));
    assertNothingIsShown();
    gossip(fork);
    assertNothingIsShown();
  }

  @Test
  void itIsShownAtTheLatestPlaceThatBothHave() {
    var first = chain();
    var fork = alice.instead(0, Hash.ZERO, pay(bob, 5), pay(bob, 6));
    gossip(fork);
    assertThat(shown()).isEqualTo(new Evidence.Fork(first.from(2), fork.from(2)));
  }

  @Test
  void aForkThatReachesBeyondTheLedgerIsHeldAgainstItsHead() {
    chain();
    var fork = alice.instead(3, galaxy.block(2).block().header().hash(), pay(bob, 5), pay(bob, 6));
    gossip(fork);
    assertThat(shown().second()).isEqualTo(fork);
  }

  @Test
  void repeatsOfWhatWasExecutedShowNothing() {
    var first = chain();
    gossip(first, first.from(2), alice.again(first), first);
    assertNothingIsShown();
  }

  @Test
  void whatIsNewShowsNothing() {
    chain();
    gossip(alice.say(pay(bob, 5)), bob.say(pay(alice, 1)));
    assertNothingIsShown();
  }

  @Test
  void whatTheStarDidNotSignShowsNothing() {
    chain();
    var fork = alice.instead(0, Hash.ZERO, pay(bob, 5));
    var unsigned = Signature.of(new byte[Signature.LENGTH]);
    gossip(
        Segment.of(fork.key(), fork.halfBlocks(), unsigned),
        Segment.of(
            somebody.publicKey(),
            fork.halfBlocks(),
            somebody.sign(Segment.signedMessage(fork.last().id()))));
    assertNothingIsShown();
  }

  @Test
  void aKeySaysNothingOfPlacesWhereItWasNotTheStars() {
    var first = chain();
    keep(alice.changeKey(somebody));
    keep(alice.say(pay(bob, 5)));
    gossip(alice.again(first), alice.instead(0, Hash.ZERO, pay(bob, 6)));
    assertNothingIsShown();

    var before = galaxy.state().star(alice.id()).orElseThrow().head();
    keep(alice.say(pay(bob, 7)));
    gossip(alice.instead(6, before, pay(bob, 8)));
    assertThat(shown().first().key()).isEqualTo(somebody.publicKey());
  }

  @Test
  void everyForkHasItsTurnAndThereIsRoomForSoMany() {
    keep(alice.say(pay(bob, 1)));
    keep(bob.say(pay(alice, 1)));
    gossip(alice.instead(0, Hash.ZERO, pay(bob, 2)));
    assertThat(shown().first().star()).isEqualTo(alice.id());
    gossip(bob.instead(0, Hash.ZERO, pay(alice, 2)));
    var stars =
        IntStream.range(0, 4)
            .mapToObj(
                _ -> {
                  loops.pass(Duration.ofSeconds(5));
                  return shown().first().star();
                })
            .toList();
    assertThat(stars).containsExactly(bob.id(), alice.id(), bob.id(), alice.id());
  }

  /** Brings what a test says, and keeps what is published. */
  private final class Line implements Transport {
    private final List<Said> published = new ArrayList<>();
    private @Nullable EnvelopeHandler handler;

    private record Said(Topic topic, Bytes message) {}

    private void hear(Topic topic, List<Bytes> messages) {
      var header =
          new Envelope.Header(
              galaxy.genesis().network(),
              new Committee(Committee.Layer.STAR, 0),
              0,
              somebody.publicKey(),
              1,
              1);
      var envelope = EnvelopeCodec.seal(header, messages, somebody);
      assertThat(requireNonNull(handler).handle(List.of(new ReceivedEnvelope(topic, envelope, 1))))
          .isTrue();
    }

    @Override
    public EnvelopePublisher publisher(Sender sender) {
      return new EnvelopePublisher() {
        @Override
        public void publish(Topic topic, Bytes key, List<Bytes> messages) {
          messages.forEach(message -> published.add(new Said(topic, message)));
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public EnvelopeSubscription subscribe(Subscription subscription, EnvelopeHandler taker) {
      assertThat(subscription.feeds()).hasSize(1);
      handler = taker;
      return new EnvelopeSubscription() {
        @Override
        public boolean awaitPositioned(Duration atMost) {
          return true;
        }

        @Override
        public @Nullable String trouble() {
          return null;
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }

  /** Takes a turn whenever it is woken, and when time has passed. */
  private static final class OneLoop implements Loops {
    private long now;
    private @Nullable Turn turn;

    @Override
    public Loop start(String name, @Nullable String member, Turn taken) {
      turn = taken;
      return new Loop() {
        @Override
        public void wake() {
          take();
        }

        @Override
        public void close() {}
      };
    }

    private void take() {
      assertThat(requireNonNull(turn).take()).isPositive();
    }

    private void pass(Duration time) {
      now += time.toNanos();
      take();
    }

    @Override
    public long nanos() {
      return now;
    }
  }
}
