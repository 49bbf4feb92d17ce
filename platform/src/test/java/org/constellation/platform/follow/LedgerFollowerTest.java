package org.constellation.platform.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.constellation.platform.TestNetwork;
import org.constellation.platform.loop.ThreadLoops;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.proof.CertifiedHeader;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.GalaxyCodec;
import org.constellation.testsupport.RealKafka;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class LedgerFollowerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final SigningKey SERVICE = TestNetwork.key(1);
  private static final FollowerProperties PROPERTIES =
      TestNetwork.properties(
          FollowerProperties.class,
          Map.of("quiet-patience", "1s", "retry-listener", "20ms", "states-kept", "3"));

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Transport transport = TestNetwork.transport(RealKafka.bootstrapServers(), meters);
  private final List<Long> heights = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private TestChain chain;
  private Topics topics;
  private EnvelopePublisher galaxy;

  @BeforeEach
  void makeNetwork(TestInfo info) throws InterruptedException {
    var name = "follow" + Math.floorMod(info.getDisplayName().hashCode(), 1_000_000);
    chain = new TestChain(name);
    topics = new Topics(name);
    try (var keeper = TestNetwork.keeper(RealKafka.bootstrapServers(), topics)) {
      keeper.start();
      assertThat(keeper.awaitComplete(PATIENCE)).isTrue();
    }
    galaxy =
        transport.publisher(
            new Sender(
                chain.genesis().network(), Committee.GALAXY, 0, chain.galaxy().keys().getFirst()));
  }

  @AfterEach
  void close() throws Exception {
    for (var one : open) {
      one.close();
    }
    transport.close();
  }

  @Test
  void executesTheChainFromItsBeginningAndGoesOn() {
    chain.grow(5);
    publish(1, 2, 3);
    var follower = follow(FollowStart.executingFrom(chain.genesis()), List.of());
    await().atMost(PATIENCE).until(() -> follower.height() == 3);
    publish(4, 4, 5);
    await().atMost(PATIENCE).until(() -> follower.height() == 5);

    assertThat(heights).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(follower.latestState().orElseThrow().root()).isEqualTo(chain.state().root());
    assertThat(follower.stateAt(3)).isPresent();
    assertThat(follower.stateAt(2)).as("only the newest are kept").isEmpty();
    assertThat(follower.trouble()).isEmpty();
  }

  @Test
  void putsBlocksInOrderAndTakesNoneTwice() {
    chain.grow(4);
    var follower = follow(FollowStart.executingFrom(chain.genesis()), List.of());
    publish(3, 2, 4, 2, 3, 1);
    await().atMost(PATIENCE).until(() -> follower.height() == 4);
    assertThat(heights).containsExactly(1L, 2L, 3L, 4L);
  }

  @Test
  void ignoresBlocksWithoutACertificate() {
    chain.grow(2);
    var signatures = chain.block(1).certificate().signatures();
    publish(withCertificate(chain.block(1), new Certificate(signatures.subList(0, 2))));
    var swapped =
        List.of(
            new Certificate.MemberSignature(0, signatures.get(1).signature()),
            signatures.get(1),
            signatures.get(2));
    publish(withCertificate(chain.block(1), new Certificate(swapped)));
    publish(1, 2);
    var certificates = new CopyOnWriteArrayList<Certificate>();
    var follower =
        followWith(
            FollowStart.executingFrom(chain.genesis()),
            List.of(),
            block -> {
              certificates.add(block.block().certificate());
              return true;
            });
    await().atMost(PATIENCE).until(() -> follower.height() == 2);
    assertThat(certificates)
        .containsExactly(chain.block(1).certificate(), chain.block(2).certificate());
  }

  @Test
  void refusesACertifiedBlockThatDiffersFromItsExecution() {
    chain.grow(1);
    publish(1);
    publish(chain.lie());
    var follower = follow(FollowStart.executingFrom(chain.genesis()), List.of());
    await().atMost(PATIENCE).until(follower::isRefusing);
    assertThat(meters.get(Metrics.FOLLOWER_REFUSING).gauge().value()).isEqualTo(1);

    assertThat(heights).containsExactly(1L);
    assertThat(follower.trouble())
        .hasValueSatisfying(why -> assertThat(why).contains("another state root"));
    var health = new FollowerHealth(follower).health();
    assertThat(health.getStatus().getCode()).isEqualTo("DOWN");
    assertThat(health.getDetails()).containsEntry("height", 1L).containsKey("reason");
  }

  @Test
  void believesTheCertificateWhenItIsLight() {
    chain.grow(1);
    publish(1);
    publish(chain.lie());
    var follower = follow(FollowStart.lightFrom(chain.genesis()), List.of());
    await().atMost(PATIENCE).until(() -> follower.height() == 2);
    assertThat(follower.latestState()).isEmpty();
  }

  @Test
  void goesOnFromABlockThatWasVerifiedBefore() {
    chain.grow(2);
    var after = FollowStart.executingAfter(chain.block(2).header(), chain.state());
    chain.grow(2);
    publish(1, 2, 3, 4);
    var follower = follow(after, List.of());
    await().atMost(PATIENCE).until(() -> follower.height() == 4);
    assertThat(heights).containsExactly(3L, 4L);
  }

  @Test
  void pullsWhatTheBrokerDoesNotHave() {
    chain.grow(40);
    var follower =
        follow(
            FollowStart.executingFrom(chain.genesis()),
            List.of(Bytes.copyOf(new byte[] {1}), BlockServer.KEEPERS));
    open.add(
        new BlockServer(
            "test",
            chain.genesis().network(),
            BlockServer.KEEPERS,
            height -> height <= 40 ? Optional.of(stored((int) height)) : Optional.empty(),
            (height, _) -> SnapshotSource.Found.none(height),
            EndSource.NONE,
            topics,
            transport,
            TestNetwork.key(2),
            Ed25519.best(),
            meters,
            Clock.systemUTC()));
    publish(40);
    await().atMost(PATIENCE).until(() -> follower.height() == 40);
    assertThat(heights).isEqualTo(LongStream.rangeClosed(1, 40).boxed().toList());
  }

  @Test
  void learnsFromAQuorumOfTheGalaxyWhereTheLedgerEnds() {
    chain.grow(3);
    publish(1, 2);
    var follower = follow(FollowStart.executingFrom(chain.genesis()), List.of());
    follower.seekEnd();
    var members = chain.galaxy().keys();
    answerEnd(members.get(0), GalaxyEnd.NO_BLOCK);
    answerEnd(members.get(1), end(3));
    answerEnd(TestNetwork.key(7), end(2));
    var forged = new Certificate(chain.block(3).certificate().signatures().subList(0, 2));
    var asked = new AtomicInteger();
    answerEnd(
        members.get(2),
        () -> {
          asked.incrementAndGet();
          return Optional.of(
              new GalaxyEnd(Optional.of(new CertifiedHeader(chain.block(3).header(), forged))));
        });
    await().atMost(PATIENCE).until(() -> follower.height() == 2);
    await().atMost(PATIENCE).until(() -> asked.get() >= 3);
    assertThat(follower.end())
        .as("two members, a stranger and a forger are no quorum of four")
        .isEmpty();

    answerEnd(members.get(3), end(2));
    await().atMost(PATIENCE).until(() -> follower.end().isPresent());
    assertThat(follower.end()).as("what its sender may have signed beyond 3").hasValue(5);
  }

  private GalaxyEnd end(int height) {
    var block = chain.block(height);
    return new GalaxyEnd(Optional.of(new CertifiedHeader(block.header(), block.certificate())));
  }

  private void answerEnd(SigningKey member, GalaxyEnd end) {
    answerEnd(member, () -> Optional.of(end));
  }

  private void answerEnd(SigningKey member, EndSource end) {
    open.add(
        new BlockServer(
            "test",
            chain.genesis().network(),
            Bytes.copyOf(member.publicKey().toBytes()),
            _ -> Optional.empty(),
            (height, _) -> SnapshotSource.Found.none(height),
            end,
            topics,
            transport,
            member,
            Ed25519.best(),
            meters,
            Clock.systemUTC()));
  }

  @Test
  void offersABlockAgainUntilTheListenerCanTakeIt() {
    chain.grow(2);
    publish(1, 2);
    var refusals = new CopyOnWriteArrayList<Long>();
    var follower =
        followWith(
            FollowStart.executingFrom(chain.genesis()),
            List.of(),
            block -> {
              if (refusals.size() < 3) {
                refusals.add(block.height());
                throw new IllegalStateException("no database");
              }
              heights.add(block.height());
              return true;
            });
    await().atMost(PATIENCE).until(() -> follower.height() == 2);
    assertThat(refusals).containsExactly(1L, 1L, 1L);
    assertThat(heights).containsExactly(1L, 2L);
  }

  @Test
  void waitsWithoutTroubleForAListenerThatIsFull() {
    chain.grow(3);
    publish(1, 2, 3);
    var offered = new CopyOnWriteArrayList<Long>();
    var room = new AtomicBoolean();
    var follower =
        followWith(
            FollowStart.executingFrom(chain.genesis()),
            List.of(),
            block -> {
              offered.add(block.height());
              return room.get() && heights.add(block.height());
            });
    await().atMost(PATIENCE).until(() -> offered.size() >= 3);
    assertThat(offered).containsOnly(1L);
    assertThat(follower.height()).isZero();
    assertThat(follower.trouble()).isEmpty();

    room.set(true);
    await().atMost(PATIENCE).until(() -> follower.height() == 3);
    assertThat(heights).containsExactly(1L, 2L, 3L);
  }

  @Test
  void endsWhenAListenerRefusesABlockForGood() {
    chain.grow(2);
    publish(1, 2);
    var follower =
        followWith(
            FollowStart.executingFrom(chain.genesis()),
            List.of(),
            block -> {
              heights.add(block.height());
              throw new BlockRefused("two blocks at one height");
            });
    await().atMost(PATIENCE).until(follower::isRefusing);
    assertThat(follower.trouble()).contains("two blocks at one height");
    assertThat(heights).containsExactly(1L);
  }

  @Test
  void showsTheFiguresOfWhoeverFollowsNow() {
    chain.grow(2);
    publish(1, 2);
    var first = follow(FollowStart.executingFrom(chain.genesis()), List.of());
    await().atMost(PATIENCE).until(() -> first.height() == 2);
    first.close();
    assertThat(meters.find(Metrics.FOLLOWED_HEIGHT).gauges()).isEmpty();
    follow(FollowStart.executingFrom(chain.genesis()), List.of());
    await().atMost(PATIENCE).until(() -> meters.get(Metrics.FOLLOWED_HEIGHT).gauge().value() == 2);
  }

  private LedgerFollower follow(FollowStart start, List<Bytes> keepers) {
    return followWith(
        start,
        keepers,
        block -> {
          heights.add(block.height());
          return true;
        });
  }

  private LedgerFollower followWith(
      FollowStart start, List<Bytes> keepers, LedgerListener listener) {
    var follower =
        new LedgerFollower(
            "test",
            null,
            start,
            topics,
            transport,
            SERVICE,
            Ed25519.best(),
            keepers,
            List.of(listener),
            PROPERTIES,
            meters,
            new ThreadLoops("test"),
            Clock.systemUTC());
    open.add(follower);
    return follower;
  }

  private BlockSource.Stored stored(int height) {
    return new BlockSource.Stored(chain.block(height).header().hash(), chain.encoded(height));
  }

  private void publish(int... numbers) {
    for (var number : numbers) {
      publish(chain.block(number));
    }
  }

  private void publish(GalaxyBlock block) {
    var header = block.header();
    var chunks = BlockChunks.cut(header.height(), header.hash(), GalaxyCodec.encode(block));
    galaxy.publish(topics.blocks(), Bytes.EMPTY, chunks.stream().map(BlockChunks::encode).toList());
  }

  private static GalaxyBlock withCertificate(GalaxyBlock block, Certificate certificate) {
    return new GalaxyBlock(block.header(), certificate, block.content(), block.receipts());
  }
}
