package org.constellation.platform.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.constellation.platform.TestNetwork;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Purpose;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.topics.Topics;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.testsupport.RealKafka;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records that are small on their way and become large where they are unpacked. */
class CompressedRecordsTest {

  private static final int UNPACKED_BYTES = 50 * 1024 * 1024;
  private static final Hash NETWORK = TestNetwork.hashOf("compressed");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final KafkaTransport transport =
      TestNetwork.transport(RealKafka.bootstrapServers(), meters);

  @AfterEach
  void close() {
    transport.close();
  }

  /** Sends zeros as whoever has only a client of Kafka may. */
  private static void send(Topic topic, int bytes) throws Exception {
    var settings = new HashMap<>(TestNetwork.client(RealKafka.bootstrapServers()));
    settings.put("compression.type", "zstd");
    settings.put("max.request.size", 2 * UNPACKED_BYTES);
    settings.put("buffer.memory", 2L * UNPACKED_BYTES);
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(topic.name(), new byte[bytes])).get();
    }
  }

  private static long keptBytes(Admin admin, Topic topic) throws Exception {
    var nodes = admin.describeCluster().nodes().get().stream().map(Node::id).toList();
    return admin.describeLogDirs(nodes).allDescriptions().get().values().stream()
        .flatMap(directories -> directories.values().stream())
        .flatMap(directory -> directory.replicaInfos().entrySet().stream())
        .filter(replica -> replica.getKey().topic().equals(topic.name()))
        .mapToLong(replica -> replica.getValue().size())
        .sum();
  }

  @Test
  void aBrokerUnpacksThemAndRefusesWhatIsTooLargeThen() throws Exception {
    var topics = new Topics("compressed");
    var topic = topics.gossip(0);
    try (var keeper = TestNetwork.keeper(RealKafka.bootstrapServers(), topics);
        var admin = Admin.create(TestNetwork.client(RealKafka.bootstrapServers()))) {
      keeper.start();
      assertThat(keeper.awaitComplete(PATIENCE)).isTrue();

      assertThatThrownBy(() -> send(topic, UNPACKED_BYTES))
          .hasCauseInstanceOf(RecordTooLargeException.class);
      assertThat(keptBytes(admin, topic)).isZero();

      send(topic, Purpose.RECORD_BYTES_MAX / 2);
      assertThat(keptBytes(admin, topic)).isGreaterThan(Purpose.RECORD_BYTES_MAX / 2);
    }
  }

  /** Nobody can tell another organisation's broker what to do. */
  @Test
  void aReaderOfABrokerThatKeepsThemDropsThemAndReadsOn() throws Exception {
    var topic = new Topics("packed").consensus(Committee.GALAXY);
    try (var admin = Admin.create(TestNetwork.client(RealKafka.bootstrapServers()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic.name(), 1, (short) 1)
                      .configs(Map.of("compression.type", "producer"))))
          .all()
          .get();
      var inbox = new Inbox();
      var subscription =
          transport.subscribe(
              new Subscription(
                  "reader",
                  NETWORK,
                  List.of(Feed.of(topic)),
                  Subscription.StartAt.LATEST,
                  SenderCheck.anyone(),
                  Ed25519.best()),
              inbox);
      assertThat(subscription.awaitPositioned(PATIENCE)).isTrue();

      send(topic, UNPACKED_BYTES);
      assertThat(keptBytes(admin, topic)).isLessThan(UNPACKED_BYTES / 1_000);
      transport
          .publisher(new Sender(NETWORK, Committee.GALAXY, 0, TestNetwork.key(1)))
          .publish(topic, Bytes.EMPTY, List.of(Bytes.copyOf("sound".getBytes(UTF_8))));

      await().atMost(PATIENCE).until(() -> inbox.texts().equals(List.of("sound")));
      assertThat(
              meters
                  .get(Metrics.ENVELOPES_REJECTED)
                  .tag(Metrics.CODE, Rejection.SIZE.name())
                  .counter()
                  .count())
          .isEqualTo(1);
    }
  }
}
