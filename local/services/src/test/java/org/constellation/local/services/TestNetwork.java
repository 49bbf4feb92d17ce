package org.constellation.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.CommonClientConfigs;
import org.awaitility.core.ConditionTimeoutException;
import org.constellation.clusterconsensus.ClusterConsensusApplication;
import org.constellation.galaxyservice.GalaxyServiceApplication;
import org.constellation.platform.follow.FollowStart;
import org.constellation.platform.follow.FollowerProperties;
import org.constellation.platform.follow.LedgerFollower;
import org.constellation.platform.follow.LedgerMessage;
import org.constellation.platform.journal.Disk;
import org.constellation.platform.journal.Journal;
import org.constellation.platform.journal.JournalUnusable;
import org.constellation.platform.journal.Owner;
import org.constellation.platform.loop.ThreadLoops;
import org.constellation.platform.provision.MemberFiles;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.KafkaTransport;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Transport;
import org.constellation.platform.transport.TransportProperties;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.GenesisCodec;
import org.constellation.testsupport.RealPostgres;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A provisioned network of a test's own, and a client that stands outside of its services. */
final class TestNetwork implements AutoCloseable {

  /** A slow machine is no failure. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration RESEND_EVERY = Duration.ofSeconds(2);

  private final LocalSettings settings;
  private final Genesis genesis;
  private final Topics topics;
  private final Transport transport;
  private final EnvelopePublisher publisher;
  private final EnvelopePublisher keeper;
  private final SigningKey key;

  /**
   * @param broker address of the broker
   * @param name of the network: topics are told apart by it
   */
  TestNetwork(Path directory, String broker, String name) throws IOException {
    var properties = new HashMap<String, String>();
    properties.put("constellation.data", directory.toString());
    properties.put("constellation.network", name);
    this.settings =
        LocalSettings.of(
            property ->
                property.startsWith("constellation.ports.") ? "0" : properties.get(property));
    LocalServices.provision(settings);
    RealPostgres.freshDatabase(TestNetwork.class).springProperties().forEach(System::setProperty);
    this.genesis =
        GenesisCodec.decode(Bytes.copyOf(Files.readAllBytes(settings.files().genesis())))
            .toOptional()
            .orElseThrow();
    this.topics = new Topics(genesis.name());
    this.transport =
        new KafkaTransport(
            "test",
            Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, broker),
            defaults(TransportProperties.class),
            new SimpleMeterRegistry(),
            Clock.systemUTC());
    this.key = MemberFiles.signingKey(settings.files().serviceKey("star-service"));
    this.publisher =
        transport.publisher(
            new Sender(genesis.network(), new Committee(Committee.Layer.STAR, 0), 0, key));
    this.keeper =
        transport.publisher(
            new Sender(
                genesis.network(),
                new Committee(Committee.Layer.BLACKHOLE, 0),
                0,
                MemberFiles.signingKey(settings.files().serviceKey("blackhole-ledger"))));
  }

  LocalSettings settings() {
    return settings;
  }

  Genesis genesis() {
    return genesis;
  }

  Topics topics() {
    return topics;
  }

  EnvelopePublisher publisher() {
    return publisher;
  }

  /** Starts the services that host members, and no other. */
  RunningServices start() throws IOException, InterruptedException {
    return start(List.of(ClusterConsensusApplication.NAME, GalaxyServiceApplication.NAME));
  }

  /** Starts some services, or single members. */
  RunningServices start(List<String> names) throws IOException, InterruptedException {
    var contexts = new ArrayList<ServiceContext>();
    for (var name : names) {
      contexts.addAll(new ServiceContexts(settings.running(name)).contexts());
    }
    return RunningServices.start(contexts);
  }

  /** Leaves of a stopped member's journal what is about a round or later ones. */
  void cutJournal(Path member, long round) throws IOException, JournalUnusable {
    var files = new MemberFiles(member);
    var owner = new Owner(genesis.network(), files.operationalKey().publicKey());
    var opened = Journal.open(Disk.LOCAL, files.journal(), owner);
    opened.journal().close();
    Files.move(files.journal(), member.resolve("journal-before"));
    Journal.create(Disk.LOCAL, files.journal(), owner);
    try (var fresh = Journal.open(Disk.LOCAL, files.journal(), owner).journal()) {
      var appended =
          fresh.append(opened.records().stream().filter(one -> one.round() >= round).toList());
      assertThat(appended).isTrue();
    }
  }

  /**
   * Sends segments until the ledger shows what they are to bring about, as a star-service does.
   *
   * @return milliseconds that it took
   */
  long sendUntil(LedgerFollower ledger, List<Segment> segments, Predicate<LedgerState> done) {
    var begun = System.nanoTime();
    var encoded = segments.stream().map(ChainCodec::encode).toList();
    await()
        .atMost(PATIENCE)
        .pollInterval(RESEND_EVERY)
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              publisher.publish(topics.gossip(0), Bytes.EMPTY, encoded);
              return awaitState(ledger, done);
            });
    return (System.nanoTime() - begun) / 1_000_000;
  }

  /** Says what a blackhole-ledger says once it has stored all blocks up to a height. */
  void reportStored(long height) {
    keeper.publish(
        topics.blackholeSync(), Bytes.EMPTY, List.of(new LedgerMessage.Stored(height).encode()));
  }

  private static boolean awaitState(LedgerFollower ledger, Predicate<LedgerState> done) {
    try {
      await()
          .atMost(RESEND_EVERY)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> ledger.latestState().filter(done).isPresent());
      return true;
    } catch (ConditionTimeoutException notYet) {
      return false;
    }
  }

  /** The star that holds everything in the beginning. */
  TestStar treasury() throws IOException {
    return new TestStar(genesis, MemberFiles.signingKey(settings.files().treasuryKey()));
  }

  /** The star of a facilitator, which has a home from the beginning. */
  TestStar facilitator(int number) throws IOException {
    var wallet = settings.files().facilitator(number).resolve("wallet.key");
    return new TestStar(genesis, MemberFiles.signingKey(wallet));
  }

  /** Follows and executes the ledger, independent of the services. */
  LedgerFollower follow() {
    return new LedgerFollower(
        "test",
        null,
        FollowStart.executingFrom(genesis),
        topics,
        transport,
        key,
        Ed25519.best(),
        List.of(),
        List.of(),
        defaults(FollowerProperties.class),
        new SimpleMeterRegistry(),
        new ThreadLoops("test"),
        Clock.systemUTC());
  }

  private static <T> T defaults(Class<T> type) {
    return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("", type);
  }

  @Override
  public void close() {
    transport.close();
  }
}
