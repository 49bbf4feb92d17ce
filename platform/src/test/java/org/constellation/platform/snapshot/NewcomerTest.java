package org.constellation.platform.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.constellation.platform.TestNetwork;
import org.constellation.platform.follow.BlockServer;
import org.constellation.platform.follow.EndSource;
import org.constellation.platform.follow.FollowStart;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.platform.follow.FollowerProperties;
import org.constellation.platform.follow.LedgerMessage;
import org.constellation.platform.follow.SnapshotSource;
import org.constellation.platform.follow.TestChain;
import org.constellation.platform.journal.Disk;
import org.constellation.platform.loop.ThreadLoops;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.proof.Snapshot;
import org.constellation.protocol.wire.SnapshotCodec;
import org.constellation.testsupport.RealKafka;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Newcomers over a real broker, among others who may lie. */
class NewcomerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int EVERY = 10;
  private static final long ANY = Long.MAX_VALUE - 1;
  private static final FollowerProperties PROPERTIES =
      TestNetwork.properties(
          FollowerProperties.class,
          Map.of(
              "gap-patience",
              "30ms",
              "far-behind-blocks",
              "4",
              "snapshot-patience",
              "3s",
              "snapshot-bytes-max",
              "1MB"));

  @TempDir private Path directory;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Transport transport = TestNetwork.transport(RealKafka.bootstrapServers(), meters);
  private final List<FollowStart> begun = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private TestChain chain;
  private Topics topics;
  private Snapshots theirs;
  private Snapshots ours;

  @BeforeEach
  void makeNetwork(TestInfo info) throws Exception {
    var name = "newcomer" + Math.floorMod(info.getDisplayName().hashCode(), 1_000_000);
    chain = new TestChain(name);
    topics = new Topics(name);
    try (var keeper = TestNetwork.keeper(RealKafka.bootstrapServers(), topics)) {
      keeper.start();
      assertThat(keeper.awaitComplete(PATIENCE)).isTrue();
    }
    theirs = snapshots("theirs");
    ours = snapshots("ours");
  }

  private Snapshots snapshots(String folder) throws IOException {
    return new Snapshots(
        folder,
        null,
        chain.genesis(),
        Ed25519.best(),
        new SnapshotFiles(Disk.LOCAL, directory.resolve(folder)),
        () -> ANY,
        EVERY,
        meters,
        new PromptLoops());
  }

  @AfterEach
  void close() throws Exception {
    for (var one : open) {
      one.close();
    }
    transport.close();
  }

  /** The others have a snapshot of block {@link #EVERY}. */
  private void growBeyondASnapshot() {
    for (var height = 1; height <= EVERY + 2; height++) {
      chain.grow(1);
      theirs.on(
          new FollowedBlock(
              chain.block(height), chain.encoded(height), Optional.of(chain.state())));
    }
  }

  private SigningKey galaxyKey(int member) {
    return chain.galaxy().keys().get(member);
  }

  private static Bytes addressOf(SigningKey key) {
    return Bytes.copyOf(key.publicKey().toBytes());
  }

  private void serve(Bytes address, SigningKey key, SnapshotSource source) {
    serve(address, key, source, Clock.systemUTC());
  }

  private void serve(Bytes address, SigningKey key, SnapshotSource source, Clock clock) {
    open.add(
        new BlockServer(
            "server" + open.size(),
            chain.genesis().network(),
            address,
            height -> Optional.empty(),
            source,
            EndSource.NONE,
            topics,
            transport,
            key,
            Ed25519.best(),
            meters,
            clock));
  }

  private void seek(List<Bytes> keepers, Predicate<Snapshot> fits) {
    open.add(
        new Newcomer(
            "newcomer",
            null,
            FollowStart.executingFrom(chain.genesis()),
            ours,
            chain.genesis(),
            topics,
            transport,
            TestNetwork.key(1),
            Ed25519.best(),
            keepers,
            fits,
            begun::add,
            PROPERTIES,
            meters,
            new ThreadLoops("test")));
  }

  private FollowStart begunAt() {
    await().atMost(PATIENCE).until(() -> !begun.isEmpty());
    assertThat(begun).hasSize(1);
    return begun.getFirst();
  }

  private double adopted() {
    return meters.counter(Metrics.SNAPSHOTS_ADOPTED, Metrics.MEMBER, "newcomer").count();
  }

  private void assertAdopted() {
    var start = begunAt();
    assertThat(start.height()).isEqualTo(EVERY);
    assertThat(start.hash()).isEqualTo(chain.block(EVERY).header().hash());
    assertThat(start.state().orElseThrow().root())
        .isEqualTo(chain.block(EVERY).header().stateRoot());
    assertThat(adopted()).isOne();
  }

  @Test
  void beginsAfterAnothersSnapshotAndKeepsIt() throws Exception {
    growBeyondASnapshot();
    serve(BlockServer.KEEPERS, TestNetwork.key(2), theirs);
    seek(List.of(BlockServer.KEEPERS), _ -> true);
    assertAdopted();
    assertThat(snapshots("ours").startThrough(ANY).height()).isEqualTo(EVERY);
  }

  @Test
  void executesByItselfWhereNobodyIsFarAhead() {
    serve(addressOf(galaxyKey(0)), galaxyKey(0), theirs);
    serve(addressOf(galaxyKey(1)), galaxyKey(1), theirs);
    seek(List.of(addressOf(galaxyKey(0)), addressOf(galaxyKey(1))), _ -> true);
    assertThat(begunAt().height()).isZero();
    assertThat(adopted()).isZero();
  }

  @Test
  void oneMemberAloneCannotSayThatThereIsNoSnapshot() {
    growBeyondASnapshot();
    serve(
        addressOf(galaxyKey(0)),
        galaxyKey(0),
        (_, _) -> new SnapshotSource.Found(0, 0, Optional.empty()));
    serve(addressOf(galaxyKey(1)), galaxyKey(1), theirs);
    seek(List.of(addressOf(galaxyKey(0)), addressOf(galaxyKey(1))), _ -> true);
    assertAdopted();
  }

  @Test
  void executesByItselfWhereNobodyAnswers() {
    seek(List.of(BlockServer.KEEPERS), _ -> true);
    assertThat(begunAt().height()).isZero();
  }

  @Test
  void executesByItselfWhereItIsNeededAsItIs() {
    growBeyondASnapshot();
    serve(BlockServer.KEEPERS, TestNetwork.key(2), theirs);
    seek(List.of(BlockServer.KEEPERS), snapshot -> snapshot.state().height() > EVERY);
    assertThat(begunAt().height()).isZero();
    assertThat(adopted()).isZero();
  }

  /** Each of the others comes to nothing in its own way; the last one tells the truth. */
  @Test
  void losesNothingButTimeByLies() {
    growBeyondASnapshot();
    serve(addressOf(galaxyKey(0)), galaxyKey(0), altering(true));
    serve(addressOf(galaxyKey(1)), galaxyKey(1), silentAfterTheHead());
    serve(addressOf(galaxyKey(2)), galaxyKey(2), altering(false));
    seek(
        List.of(addressOf(galaxyKey(0)), addressOf(galaxyKey(1)), addressOf(galaxyKey(2))),
        _ -> true);
    assertThat(begunAt().height()).isZero();

    begun.clear();
    serve(BlockServer.KEEPERS, TestNetwork.key(2), theirs);
    seek(
        List.of(
            addressOf(galaxyKey(0)),
            addressOf(galaxyKey(1)),
            addressOf(galaxyKey(2)),
            BlockServer.KEEPERS),
        _ -> true);
    assertAdopted();
  }

  @Test
  void listensToAFewStrangersOnly() {
    growBeyondASnapshot();
    for (var stranger = 10; stranger < 20; stranger++) {
      serve(BlockServer.KEEPERS, TestNetwork.key(stranger), silentAfterTheHead());
    }
    serve(addressOf(galaxyKey(0)), galaxyKey(0), theirs);
    seek(List.of(BlockServer.KEEPERS, addressOf(galaxyKey(0))), _ -> true);
    assertAdopted();
  }

  @Test
  void readsNoMorePartsForOneAskerThanItsShare() {
    var reads = new AtomicInteger();
    serve(
        addressOf(galaxyKey(0)),
        galaxyKey(0),
        (height, part) -> {
          reads.incrementAndGet();
          return new SnapshotSource.Found(5, 1, Optional.empty());
        },
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    var ignored = meters.counter(Metrics.PULLS_IGNORED);
    var pull = new LedgerMessage.SnapshotPull(0, Integer.MAX_VALUE, 1).encode();
    try (var asker =
        transport.publisher(
            new Sender(
                chain.genesis().network(),
                new Committee(Committee.Layer.BLACKHOLE, 0),
                0,
                TestNetwork.key(30)))) {
      await()
          .until(
              () -> {
                asker.publish(topics.blackholeSync(), addressOf(galaxyKey(0)), List.of(pull));
                return ignored.count() > 0;
              });
    }
    assertThat(reads).hasValue(8 * 1024 * 1024 / SnapshotCodec.PART_BYTES_MAX);
  }

  private SnapshotSource altering(boolean head) {
    return (height, part) -> {
      var right = theirs.part(height, part);
      return head == (part == 0)
          ? new SnapshotSource.Found(
              right.height(), right.parts(), right.content().map(NewcomerTest::altered))
          : right;
    };
  }

  private static Bytes altered(Bytes content) {
    var bytes = content.toArray();
    bytes[bytes.length / 2] ^= 1;
    return Bytes.copyOf(bytes);
  }

  private SnapshotSource silentAfterTheHead() {
    return (height, part) -> {
      var right = theirs.part(height, part);
      return part == 0
          ? right
          : new SnapshotSource.Found(right.height(), right.parts(), Optional.empty());
    };
  }
}
