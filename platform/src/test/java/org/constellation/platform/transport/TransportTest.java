package org.constellation.platform.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.constellation.platform.TestNetwork;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.topics.Topics;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.testsupport.RealKafka;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TransportTest {

  private static final Topics TOPICS = new Topics("transporttest");
  private static final Hash NETWORK = TestNetwork.hashOf("transporttest");
  private static final Committee CLUSTER = Committee.ofCluster(0);
  private static final SigningKey ALICE = TestNetwork.key(1);
  private static final SigningKey BOB = TestNetwork.key(2);
  private static final SigningKey CAROL = TestNetwork.key(3);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final KafkaTransport transport =
      TestNetwork.transport(RealKafka.bootstrapServers(), meters);

  @BeforeAll
  static void makeTopics() throws InterruptedException {
    try (var keeper = TestNetwork.keeper(RealKafka.bootstrapServers(), TOPICS)) {
      keeper.start();
      assertThat(keeper.awaitComplete(PATIENCE)).isTrue();
    }
  }

  @AfterEach
  void close() {
    transport.close();
  }

  @Test
  void carriesMessagesInSignedEnvelopes() throws InterruptedException {
    var inbox = listen(Feed.of(TOPICS.consensus(CLUSTER)));
    publisher(ALICE).publish(TOPICS.consensus(CLUSTER), addressOf(ALICE), texts("one", "two"));

    await().atMost(PATIENCE).until(() -> inbox.texts().equals(List.of("one", "two")));
    assertThat(inbox.envelopes()).hasSize(1);
    var header = inbox.envelopes().getFirst().header();
    assertThat(header.sender()).isEqualTo(ALICE.publicKey());
    assertThat(header.committee()).isEqualTo(CLUSTER);
  }

  @Test
  void takesOnlyWhatIsAddressedToIt() throws InterruptedException {
    var sync = TOPICS.sync(CLUSTER);
    var toBob = listen(Feed.keyedTo(sync, addressOf(BOB)));
    var notByAlice = listen(Feed.without(sync, addressOf(ALICE)));
    var publisher = publisher(ALICE);
    publisher.publish(sync, addressOf(ALICE), texts("to Alice"));
    publisher.publish(sync, addressOf(BOB), texts("to Bob"));

    await().atMost(PATIENCE).until(() -> toBob.texts().equals(List.of("to Bob")));
    await().atMost(PATIENCE).until(() -> notByAlice.texts().equals(List.of("to Bob")));
  }

  @Test
  void countsAndDropsWhatIsNoSoundEnvelope() throws InterruptedException {
    var topic = TOPICS.gossip(0);
    var inbox = new Inbox();
    subscribe(
        Feed.of(topic),
        header -> {
          if (header.sender().equals(CAROL.publicKey())) {
            throw new IllegalStateException("a check with a defect");
          }
          return header.sender().equals(ALICE.publicKey());
        },
        inbox);
    var elsewhere = new Sender(TestNetwork.hashOf("elsewhere"), CLUSTER, 0, ALICE);
    transport.publisher(elsewhere).publish(topic, Bytes.EMPTY, texts("other network"));
    publisher(BOB).publish(topic, Bytes.EMPTY, texts("unwanted"));
    publisher(CAROL).publish(topic, Bytes.EMPTY, texts("not to be checked"));
    raw(topic.name(), null);
    raw(topic.name(), new byte[] {1, 2, 3});
    raw(topic.name(), forged());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                List.of(Rejection.values()).stream().allMatch(why -> rejected("gossip", why) == 1));

    publisher(ALICE).publish(topic, Bytes.EMPTY, texts("sound"));
    await().atMost(PATIENCE).until(() -> inbox.texts().equals(List.of("sound")));
  }

  @Test
  void readsOnAfterAnErrorOfItsHandler() throws InterruptedException {
    var topic = TOPICS.notices();
    var inbox = new Inbox();
    var broken = new AtomicBoolean(true);
    var subscription =
        transport.subscribe(
            new Subscription(
                "test",
                NETWORK,
                List.of(Feed.of(topic)),
                Subscription.StartAt.LATEST,
                SenderCheck.anyone(),
                Ed25519.best()),
            batch -> {
              if (broken.getAndSet(false)) {
                throw new StackOverflowError();
              }
              return inbox.handle(batch);
            });
    assertThat(subscription.awaitPositioned(PATIENCE)).isTrue();
    publisher(ALICE).publish(topic, Bytes.EMPTY, texts("lost"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                meters.find(Metrics.SUBSCRIPTION_TROUBLES).tag("member", "test").counter() != null);

    publisher(ALICE).publish(topic, Bytes.EMPTY, texts("heard"));
    await().atMost(PATIENCE).until(() -> inbox.texts().equals(List.of("heard")));
    await().atMost(PATIENCE).until(() -> subscription.trouble() == null);
  }

  @Test
  void bringsABatchAgainUntilItIsTakenAndReadsNothingMeanwhile() throws InterruptedException {
    var topic = TOPICS.verdicts(0);
    var inbox = new Inbox();
    var offered = new CopyOnWriteArrayList<List<ReceivedEnvelope>>();
    var full = new AtomicBoolean(true);
    var subscription =
        transport.subscribe(
            new Subscription(
                "test",
                NETWORK,
                List.of(Feed.of(topic)),
                Subscription.StartAt.LATEST,
                SenderCheck.anyone(),
                Ed25519.best()),
            batch -> {
              offered.add(batch);
              return !full.get() && inbox.handle(batch);
            });
    assertThat(subscription.awaitPositioned(PATIENCE)).isTrue();
    var publisher = publisher(ALICE);
    publisher.publish(topic, Bytes.EMPTY, texts("first"));
    await().atMost(PATIENCE).until(() -> !offered.isEmpty());
    publisher.publish(topic, Bytes.EMPTY, texts("second"));
    var before = offered.size();
    await().atMost(PATIENCE).until(() -> offered.size() >= before + 3);
    assertThat(offered).allSatisfy(batch -> assertThat(batch).isSameAs(offered.getFirst()));
    assertThat(inbox.texts()).isEmpty();

    full.set(false);
    await().atMost(PATIENCE).until(() -> inbox.texts().equals(List.of("first", "second")));
  }

  @Test
  void tellsHowMuchIsNotReadYet() throws InterruptedException {
    var topic = TOPICS.sync(Committee.GALAXY);
    var everything = listen(Feed.of(topic));
    var gate = new AtomicBoolean();
    var lags = new CopyOnWriteArrayList<Double>();
    var subscription =
        transport.subscribe(
            new Subscription(
                "slow",
                NETWORK,
                List.of(Feed.of(topic)),
                Subscription.StartAt.LATEST,
                SenderCheck.anyone(),
                Ed25519.best()),
            batch -> {
              lags.add(meters.get(Metrics.SUBSCRIPTION_LAG).tag("member", "slow").gauge().value());
              return gate.get();
            });
    assertThat(subscription.awaitPositioned(PATIENCE)).isTrue();
    var publisher = publisher(ALICE);
    publisher.publish(topic, Bytes.EMPTY, texts("first"));
    await().atMost(PATIENCE).until(() -> everything.envelopes().size() == 1);
    // More than a client hands out at once, and all of it is there before any is taken.
    var records = 1_600;
    for (var i = 0; i < records; i++) {
      publisher.publish(topic, Bytes.EMPTY, texts("record " + i));
    }
    await().atMost(PATIENCE).until(() -> everything.envelopes().size() == 1 + records);
    gate.set(true);

    await().atMost(PATIENCE).until(() -> lags.stream().anyMatch(lag -> lag > 0));
    await()
        .atMost(PATIENCE)
        .until(
            () -> meters.get(Metrics.SUBSCRIPTION_LAG).tag("member", "slow").gauge().value() == 0);
    subscription.close();
    assertThat(meters.find(Metrics.SUBSCRIPTION_LAG).tag("member", "slow").gauge()).isNull();
  }

  @Test
  void splitsWhatIsTooMuchForOneEnvelope() throws InterruptedException {
    var topic = TOPICS.checkpoints(0);
    var inbox = listen(Feed.of(topic));
    var large = Bytes.copyOf(new byte[900 * 1024]);
    publisher(ALICE).publish(topic, Bytes.EMPTY, List.of(large, large, large, large, large));
    var small =
        IntStream.range(0, Envelope.MESSAGES_MAX + 1)
            .mapToObj(_ -> Bytes.copyOf(new byte[Long.BYTES]))
            .toList();
    publisher(ALICE).publish(topic, Bytes.EMPTY, small);

    await().atMost(PATIENCE).until(() -> inbox.envelopes().size() == 5);
    assertThat(inbox.envelopes()).allMatch(received -> received.size() <= Envelope.BYTES_MAX);
    assertThat(inbox.envelopes().stream().mapToInt(e -> e.messages().size()))
        .containsExactly(2, 2, 1, Envelope.MESSAGES_MAX, 1);
  }

  @Test
  void keepsTheOrderOfWhatIsSentBeforeTheTopicIsKnown() throws InterruptedException {
    var topic = TOPICS.inbox();
    var inbox = listen(Feed.of(topic));
    var expected = new ArrayList<String>();
    for (var sender = 0; sender < 20; sender++) {
      try (var fresh = publisher(ALICE)) {
        for (var i = 0; i < 40; i++) {
          expected.add(sender + "." + i);
          fresh.publish(topic, Bytes.EMPTY, texts(expected.getLast()));
        }
        await().atMost(PATIENCE).until(() -> inbox.texts().size() == expected.size());
      }
    }
    assertThat(inbox.texts()).isEqualTo(expected);
  }

  @Test
  void dropsAndCountsAMessageThatFitsNoEnvelope() {
    publisher(ALICE)
        .publish(
            TOPICS.checkpoints(0),
            Bytes.EMPTY,
            List.of(Bytes.copyOf(new byte[Envelope.BYTES_MAX])));
    assertThat(unsent("checkpoints")).isEqualTo(1);
  }

  @Test
  void readsFromAMomentOnWhereItIsTold() throws InterruptedException {
    var topic = TOPICS.blocks();
    publisher(ALICE).publish(topic, Bytes.EMPTY, texts("old"));
    var before = new Inbox();
    readSince(0, topic, before);
    await().atMost(PATIENCE).until(() -> before.texts().equals(List.of("old")));
    var written = System.currentTimeMillis();
    await().atMost(PATIENCE).until(() -> System.currentTimeMillis() > written);
    var moment = System.currentTimeMillis();
    publisher(ALICE).publish(topic, Bytes.EMPTY, texts("since"));
    var since = new Inbox();
    readSince(moment, topic, since);
    await().atMost(PATIENCE).until(() -> since.texts().equals(List.of("since")));

    // Of a moment that the broker has nothing of, what comes is read.
    var later = new Inbox();
    var reader = readSince(moment + Duration.ofDays(1).toMillis(), topic, later);
    assertThat(reader.awaitPositioned(PATIENCE)).isTrue();
    publisher(ALICE).publish(topic, Bytes.EMPTY, texts("new"));
    await().atMost(PATIENCE).until(() -> later.texts().equals(List.of("new")));
    await().atMost(PATIENCE).until(() -> since.texts().equals(List.of("since", "new")));
  }

  private EnvelopeSubscription readSince(long millis, Topic topic, Inbox inbox) {
    return transport.subscribe(
        new Subscription(
            "since",
            NETWORK,
            List.of(Feed.of(topic)),
            new Subscription.StartAt.Since(millis),
            SenderCheck.anyone(),
            Ed25519.best()),
        inbox);
  }

  @Test
  void keepsNothingOfWhatIsClosed() throws InterruptedException {
    var subscription =
        transport.subscribe(
            new Subscription(
                "test",
                NETWORK,
                List.of(Feed.of(TOPICS.blocks())),
                Subscription.StartAt.LATEST,
                SenderCheck.anyone(),
                Ed25519.best()),
            new Inbox());
    var publisher = publisher(ALICE);
    assertThat(transport.openCount()).isEqualTo(2);
    subscription.close();
    publisher.close();
    assertThat(transport.openCount()).isZero();
  }

  private Inbox listen(Feed feed) throws InterruptedException {
    var inbox = new Inbox();
    subscribe(feed, SenderCheck.anyone(), inbox);
    return inbox;
  }

  private void subscribe(Feed feed, SenderCheck senders, Inbox inbox) throws InterruptedException {
    var subscription =
        transport.subscribe(
            new Subscription(
                "test",
                NETWORK,
                List.of(feed),
                Subscription.StartAt.LATEST,
                senders,
                Ed25519.best()),
            inbox);
    assertThat(subscription.awaitPositioned(PATIENCE)).isTrue();
  }

  private EnvelopePublisher publisher(SigningKey key) {
    return transport.publisher(new Sender(NETWORK, CLUSTER, 0, key));
  }

  private byte[] forged() {
    var header = new Envelope.Header(NETWORK, CLUSTER, 0, ALICE.publicKey(), 1, 1);
    var sealed = EnvelopeCodec.encode(EnvelopeCodec.seal(header, texts("true"), ALICE)).toArray();
    for (var at = sealed.length - 1; at >= 0; at--) {
      sealed[at] ^= 1;
      var opened = EnvelopeCodec.open(Bytes.copyOf(sealed)).toOptional();
      if (opened.isPresent() && opened.get().messages().equals(texts("true"))) {
        return sealed;
      }
      sealed[at] ^= 1;
    }
    throw new IllegalStateException("nothing to alter");
  }

  private static void raw(String topic, byte @Nullable [] value) {
    try (var producer =
        new KafkaProducer<>(
            TestNetwork.client(RealKafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic, null, value)).resultNow();
    } catch (IllegalStateException e) {
      // Still under way: closing the producer waits for it.
    }
  }

  private double rejected(String purpose, Rejection why) {
    return meters
        .counter(Metrics.ENVELOPES_REJECTED, Metrics.PURPOSE, purpose, Metrics.CODE, why.name())
        .count();
  }

  private double unsent(String purpose) {
    return meters.counter(Metrics.ENVELOPES_UNSENT, Metrics.PURPOSE, purpose).count();
  }

  private static Bytes addressOf(SigningKey key) {
    return Bytes.copyOf(key.publicKey().toBytes());
  }

  private static List<Bytes> texts(String... texts) {
    return Arrays.stream(texts).map(text -> Bytes.copyOf(text.getBytes(UTF_8))).toList();
  }
}
