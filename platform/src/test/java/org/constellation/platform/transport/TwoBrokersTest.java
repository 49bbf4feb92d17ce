package org.constellation.platform.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.constellation.platform.TestNetwork;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.topics.Topics;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.testsupport.RealKafka;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two organisations, each with a broker of its own: ours stays, the other's comes and goes. */
class TwoBrokersTest {

  private static final Topics TOPICS = new Topics("twobrokers");
  private static final Hash NETWORK = TestNetwork.hashOf("twobrokers");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OURS = "ours";
  private static final String THEIRS = "theirs";

  private static RestartableBroker other;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final KafkaTransport here = transport(OURS, THEIRS, meters);
  private final KafkaTransport there = transport(THEIRS, OURS, new SimpleMeterRegistry());
  private final EnvelopePublisher hereSays = publisher(here, 1);
  private final EnvelopePublisher thereSays = publisher(there, 2);

  @BeforeAll
  static void startTheOther(@TempDir Path temporary) throws Exception {
    other = new RestartableBroker(temporary.resolve("broker"));
    keepTopics(RealKafka.bootstrapServers());
    keepTopics(other.bootstrapServers());
  }

  @AfterAll
  static void stopTheOther() {
    other.close();
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  private static void keepTopics(String broker) throws InterruptedException {
    try (var keeper = TestNetwork.keeper(broker, TOPICS)) {
      keeper.start();
      assertThat(keeper.awaitComplete(PATIENCE)).isTrue();
    }
  }

  private static Brokers.Broker broker(String organisation) {
    var address =
        organisation.equals(OURS) ? RealKafka.bootstrapServers() : other.bootstrapServers();
    return new Brokers.Broker(organisation, TestNetwork.client(address));
  }

  private static KafkaTransport transport(String home, String away, SimpleMeterRegistry meters) {
    var brokers = new Brokers(broker(home), List.of(broker(away)));
    return new KafkaTransport(
        home,
        brokers,
        new BrokerWatch(brokers, meters, System::nanoTime),
        TestNetwork.transport(),
        meters,
        Clock.systemUTC());
  }

  private static EnvelopePublisher publisher(Transport transport, long key) {
    return transport.publisher(new Sender(NETWORK, Committee.GALAXY, 0, TestNetwork.key(key)));
  }

  private static EnvelopeSubscription subscribe(
      Transport transport, Topic topic, Subscription.StartAt startAt, EnvelopeHandler handler) {
    return transport.subscribe(
        new Subscription(
            "reader",
            NETWORK,
            List.of(Feed.of(topic)),
            startAt,
            SenderCheck.anyone(),
            Ed25519.best()),
        handler);
  }

  private static Inbox listen(Transport transport, Topic topic) throws InterruptedException {
    var inbox = new Inbox();
    var subscription = subscribe(transport, topic, Subscription.StartAt.LATEST, inbox);
    assertThat(subscription.awaitPositioned(PATIENCE)).isTrue();
    return inbox;
  }

  private static List<Bytes> text(String text) {
    return List.of(Bytes.copyOf(text.getBytes(UTF_8)));
  }

  private static void sendUntilSeen(
      EnvelopePublisher publisher, Topic topic, Inbox inbox, String text) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              publisher.publish(topic, Bytes.EMPTY, text(text));
              return inbox.texts().contains(text);
            });
  }

  private double lag(String organisation) {
    return meters
        .get(Metrics.SUBSCRIPTION_LAG)
        .tag(Metrics.ORGANISATION, organisation)
        .gauge()
        .value();
  }

  @Test
  void whatIsPublishedAtHomeIsReadEverywhere() throws InterruptedException {
    var topic = TOPICS.gossip(0);
    var hears = listen(here, topic);
    var theyHear = listen(there, topic);
    hereSays.publish(topic, Bytes.EMPTY, text("ours"));
    thereSays.publish(topic, Bytes.EMPTY, text("theirs"));

    for (var inbox : List.of(hears, theyHear)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(inbox.texts()).containsExactlyInAnyOrder("ours", "theirs"));
    }
    assertThat(lag(OURS)).isZero();
    assertThat(lag(THEIRS)).isZero();
  }

  @Test
  void theSameRecordAtTwoBrokersIsARepeat() throws Exception {
    var topic = TOPICS.notices();
    var inbox = listen(here, topic);
    // Whoever runs the other broker carries everything over, too.
    try (var copies =
        new KafkaTransport(
            "copies",
            TestNetwork.client(other.bootstrapServers()),
            TestNetwork.transport(),
            new SimpleMeterRegistry(),
            Clock.systemUTC())) {
      publisher(copies, 1).publish(topic, Bytes.EMPTY, text("once"));
      hereSays.publish(topic, Bytes.EMPTY, text("once"));
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(inbox.texts()).containsExactly("once", "once"));
    }
  }

  @FunctionalInterface
  private interface Deed {
    void run() throws Exception;
  }

  private static void whileTheOtherIsStopped(Deed deed) throws Exception {
    other.stop();
    try {
      deed.run();
    } finally {
      other.start();
    }
  }

  @Test
  void anAbsentBrokerHoldsUpNobodyAndIsReadWhenItComes() throws Exception {
    var topic = TOPICS.consensus(Committee.GALAXY);
    var inbox = new Inbox();
    var subscriptions = new ArrayList<EnvelopeSubscription>();
    whileTheOtherIsStopped(
        () -> {
          subscriptions.add(subscribe(here, topic, Subscription.StartAt.LATEST, inbox));
          sendUntilSeen(hereSays, topic, inbox, "while it is away");
          assertThat(subscriptions.getFirst().trouble()).isNull();
          await().atMost(PATIENCE).until(() -> away(THEIRS) > 0);
          assertThat(away(OURS)).isZero();
        });

    sendUntilSeen(thereSays, topic, inbox, "since it is there");
    await().atMost(PATIENCE).until(() -> away(THEIRS) == 0);
    assertThat(subscriptions.getFirst().awaitPositioned(PATIENCE)).isTrue();
  }

  private double away(String organisation) {
    return meters.get(Metrics.BROKER_AWAY).tag(Metrics.ORGANISATION, organisation).gauge().value();
  }

  @Test
  void aBrokerThatDiedOrLostItsDataIsReadAgainAndTheOtherMeanwhile() throws Exception {
    var topic = TOPICS.consensus(Committee.ofCluster(0));
    var inbox = listen(here, topic);
    for (var i = 0; i < 5; i++) {
      sendUntilSeen(thereSays, topic, inbox, "theirs before " + i);
    }
    whileTheOtherIsStopped(() -> sendUntilSeen(hereSays, topic, inbox, "ours meanwhile"));
    sendUntilSeen(thereSays, topic, inbox, "theirs after its death");

    whileTheOtherIsStopped(
        () -> {
          other.loseData();
          sendUntilSeen(hereSays, topic, inbox, "ours once more");
        });
    keepTopics(other.bootstrapServers());
    sendUntilSeen(thereSays, topic, inbox, "theirs after its loss");
    sendUntilSeen(hereSays, topic, inbox, "ours at last");
    await().atMost(PATIENCE).until(() -> away(THEIRS) == 0);
  }

  @Test
  void bothMayLoseWhatTheyHave() throws Exception {
    var topic = TOPICS.sync(Committee.ofCluster(0));
    var inbox = listen(here, topic);
    for (var i = 0; i < 3; i++) {
      sendUntilSeen(hereSays, topic, inbox, "ours " + i);
      sendUntilSeen(thereSays, topic, inbox, "theirs " + i);
    }
    for (var broker : List.of(RealKafka.bootstrapServers(), other.bootstrapServers())) {
      try (var admin = Admin.create(TestNetwork.client(broker))) {
        admin.deleteTopics(List.of(topic.name())).all().get();
      }
    }
    keepTopics(RealKafka.bootstrapServers());
    keepTopics(other.bootstrapServers());
    sendUntilSeen(hereSays, topic, inbox, "ours again");
    sendUntilSeen(thereSays, topic, inbox, "theirs again");
  }

  @Test
  void aBatchThatIsNotTakenComesAgainBeforeAnyOtherBrokers() throws InterruptedException {
    var topic = TOPICS.verdicts(0);
    var inbox = new Inbox();
    var full = new AtomicBoolean(true);
    var offered = new CopyOnWriteArrayList<List<ReceivedEnvelope>>();
    var subscription =
        subscribe(
            here,
            topic,
            Subscription.StartAt.LATEST,
            batch -> {
              offered.add(batch);
              return !full.get() && inbox.handle(batch);
            });
    assertThat(subscription.awaitPositioned(PATIENCE)).isTrue();
    hereSays.publish(topic, Bytes.EMPTY, text("ours"));
    await().atMost(PATIENCE).until(() -> !offered.isEmpty());
    var theyHear = listen(there, topic);
    thereSays.publish(topic, Bytes.EMPTY, text("theirs"));
    await().atMost(PATIENCE).until(() -> theyHear.texts().contains("theirs"));
    var before = offered.size();
    await().atMost(PATIENCE).until(() -> offered.size() >= before + 20);
    assertThat(offered).allSatisfy(batch -> assertThat(batch).isSameAs(offered.getFirst()));

    full.set(false);
    await().atMost(PATIENCE).until(() -> inbox.texts().equals(List.of("ours", "theirs")));
  }

  @Test
  void handlersSeeOneBatchAtATime() throws InterruptedException {
    var topic = TOPICS.inbox();
    var records = 500;
    var inside = new AtomicInteger();
    var together = new AtomicInteger();
    var digest = new AtomicInteger();
    var inbox = new Inbox();
    var subscription =
        subscribe(
            here,
            topic,
            Subscription.StartAt.LATEST,
            batch -> {
              together.accumulateAndGet(inside.incrementAndGet(), Math::max);
              inbox.handle(batch);
              // Long enough for whoever does not wait.
              digest.addAndGet(batch.toString().hashCode());
              inside.decrementAndGet();
              return true;
            });
    assertThat(subscription.awaitPositioned(PATIENCE)).isTrue();
    // More than wait for a topic of which a client knows nothing yet.
    sendUntilSeen(hereSays, topic, inbox, "first here");
    sendUntilSeen(thereSays, topic, inbox, "first there");
    var sent =
        Stream.of("ours", "theirs")
            .flatMap(whose -> IntStream.range(0, records).mapToObj(i -> whose + i))
            .toList();
    for (var i = 0; i < records; i++) {
      hereSays.publish(topic, Bytes.EMPTY, text("ours" + i));
      thereSays.publish(topic, Bytes.EMPTY, text("theirs" + i));
    }
    await().atMost(PATIENCE).until(() -> inbox.texts().containsAll(sent));
    assertThat(together).hasValue(1);
  }

  @Test
  void readsWhatBothHaveFromAMomentOn() {
    var topic = TOPICS.blocks();
    hereSays.publish(topic, Bytes.EMPTY, text("ours of old"));
    thereSays.publish(topic, Bytes.EMPTY, text("theirs of old"));
    var inbox = new Inbox();
    subscribe(here, topic, new Subscription.StartAt.Since(0), inbox);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(inbox.texts())
                    .containsExactlyInAnyOrder("ours of old", "theirs of old"));
  }
}
