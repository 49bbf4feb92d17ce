package org.constellation.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.constellation.local.process.Ports;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kafka/acls.sh} at a real broker that demands passwords and has an authorizer. */
class KafkaAclsTest {

  private static final String ADMIN = "admin";
  private static final String NETWORK = "constellation.main.";
  private static final List<String> IDENTITIES =
      List.of("star-service", "cluster-consensus-service", "galaxy-service", "blackhole-ledger");

  /** Another organisation, which has a broker of its own. */
  private static final String READER = "umai";

  /**
   * Who writes what, and nobody else: the layers, and two topics that all of them share a part of.
   */
  private static final Map<String, Set<String>> WRITERS = writers();

  private static KafkaBroker broker;

  private static Map<String, Set<String>> writers() {
    var writers = new LinkedHashMap<String, Set<String>>();
    for (var cluster : List.of("c0.", "c1.")) {
      writers.put(cluster + "gossip", Set.of("star-service", "blackhole-ledger"));
      for (var purpose : List.of("consensus", "sync", "checkpoints", "verdicts")) {
        writers.put(cluster + purpose, Set.of("cluster-consensus-service"));
      }
    }
    writers.put("star.inbox", Set.of("star-service"));
    writers.put("galaxy.notices", Set.of("star-service"));
    writers.put("galaxy.consensus", Set.of("galaxy-service"));
    writers.put("galaxy.sync", Set.of("galaxy-service"));
    // Those that compute tables do not exist yet.
    writers.put("galaxy.tables", Set.of());
    writers.put("blackhole.blocks", Set.of("galaxy-service"));
    writers.put("blackhole.sync", Set.copyOf(IDENTITIES));
    return writers;
  }

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    var ports = new Ports();
    var settings = new HashMap<String, String>();
    settings.put("listener.security.protocol.map", "CLIENTS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
    settings.put("listener.name.clients.plain.sasl.jaas.config", users());
    settings.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // The broker itself, at its own controller's door.
    settings.put("super.users", "User:" + ADMIN + ";User:ANONYMOUS");
    broker = KafkaBroker.start(directory.resolve("data"), ports.choose(), ports.choose(), settings);
    try (var admin = Admin.create(client(ADMIN))) {
      admin
          .createTopics(
              WRITERS.keySet().stream()
                  .map(topic -> new NewTopic(name(topic), 1, (short) 1))
                  .toList())
          .all()
          .get();
    }
    runScript(directory);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static String name(String topic) {
    return NETWORK + topic + ".v1";
  }

  private static String users() {
    var line = new StringBuilder(login(ADMIN)).append(" user_").append(ADMIN).append("=\"secret\"");
    IDENTITIES.forEach(identity -> line.append(" user_").append(identity).append("=\"secret\""));
    line.append(" user_").append(READER).append("=\"secret\"");
    return line.append(" user_stranger=\"secret\";").toString();
  }

  private static String login(String identity) {
    return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"secret\""
        .formatted(identity);
  }

  private static Map<String, Object> client(String identity) {
    var settings = new HashMap<String, Object>();
    settings.put("bootstrap.servers", broker.bootstrapServers());
    settings.put("security.protocol", "SASL_PLAINTEXT");
    settings.put("sasl.mechanism", "PLAIN");
    settings.put("sasl.jaas.config", login(identity) + ";");
    return settings;
  }

  /** As an operator does, with Kafka's own tool. */
  private static void runScript(Path directory) throws IOException, InterruptedException {
    var tool = directory.resolve("kafka-acls.sh");
    Files.writeString(
        tool,
        "#!/bin/sh\nexec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' org.apache.kafka.tools.AclCommand \"$@\"\n"
            .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(tool, PosixFilePermissions.fromString("rwx------"));
    var config = directory.resolve("admin.properties");
    var lines = new StringBuilder();
    client(ADMIN).forEach((key, value) -> lines.append(key + "=" + value + "\n"));
    Files.writeString(config, lines.toString());
    var output = directory.resolve("output");
    var process =
        new ProcessBuilder(
            script().toString(), broker.bootstrapServers(), config.toString(), "main", "2", READER);
    process.environment().put("KAFKA_ACLS", tool.toString());
    var code = process.redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
    assertThat(code).as(Files.readString(output)).isZero();
  }

  private static Path script() {
    for (var place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
      var script = place.resolve("kafka/acls.sh");
      if (Files.exists(script)) {
        return script;
      }
    }
    throw new IllegalStateException("not inside a checkout");
  }

  @Test
  void letsEachWriteTheTopicsOfItsLayersOnly() throws Exception {
    for (var identity : IDENTITIES) {
      var written = new LinkedHashSet<String>();
      var expected = new LinkedHashSet<String>();
      try (var producer =
          new KafkaProducer<>(
              client(identity), new ByteArraySerializer(), new ByteArraySerializer())) {
        for (var topic : WRITERS.entrySet()) {
          if (writes(producer, name(topic.getKey()))) {
            written.add(topic.getKey());
          }
          if (topic.getValue().contains(identity)) {
            expected.add(topic.getKey());
          }
        }
      }
      assertThat(written).as(identity).isEqualTo(expected);
    }
  }

  private static boolean writes(KafkaProducer<byte[], byte[]> producer, String topic)
      throws InterruptedException {
    try {
      producer.send(new ProducerRecord<>(topic, new byte[1])).get();
      return true;
    } catch (ExecutionException e) {
      assertThat(e).hasCauseInstanceOf(TopicAuthorizationException.class);
      return false;
    }
  }

  @Test
  void letsEachReadAndMakeTopicsOfItsNetworkOnly() throws Exception {
    for (var identity : IDENTITIES) {
      try (var consumer =
              new KafkaConsumer<>(
                  client(identity), new ByteArrayDeserializer(), new ByteArrayDeserializer());
          var admin = Admin.create(client(identity))) {
        for (var topic : WRITERS.keySet()) {
          assertThat(consumer.partitionsFor(name(topic))).as(identity + " " + topic).hasSize(1);
        }
        create(admin, NETWORK + "made.by." + identity);
        assertThat(refusal(admin, "constellation.other.c0.gossip.v1"))
            .isInstanceOf(TopicAuthorizationException.class);
      }
    }
    try (var stranger = Admin.create(client("stranger"))) {
      assertThat(stranger.listTopics().names().get()).isEmpty();
      assertThat(refusal(stranger, NETWORK + "strange"))
          .isInstanceOf(TopicAuthorizationException.class);
    }
    try (var unknown = Admin.create(client("unknown"))) {
      assertThat(refusal(unknown, NETWORK + "x")).isInstanceOf(SaslAuthenticationException.class);
    }
  }

  @Test
  void letsOtherOrganisationsReadAndNothingElse() throws Exception {
    var plain = new HashMap<>(client(READER));
    // As publishers do; else the broker is asked for more than for the topic.
    plain.put("enable.idempotence", false);
    try (var consumer =
            new KafkaConsumer<>(
                client(READER), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(plain, new ByteArraySerializer(), new ByteArraySerializer());
        var admin = Admin.create(client(READER))) {
      var partitions =
          WRITERS.keySet().stream().map(topic -> new TopicPartition(name(topic), 0)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      for (var partition : partitions) {
        assertThat(consumer.position(partition)).as(partition.toString()).isNotNegative();
      }
      for (var topic : WRITERS.keySet()) {
        assertThat(writes(producer, name(topic))).as(topic).isFalse();
      }
      assertThat(refusal(admin, NETWORK + "made.by.umai"))
          .isInstanceOf(TopicAuthorizationException.class);
      for (var topic : WRITERS.keySet()) {
        assertThatThrownBy(() -> admin.deleteTopics(List.of(name(topic))).all().get())
            .as(topic)
            .hasCauseInstanceOf(TopicAuthorizationException.class);
      }
    }
  }

  private static void create(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
  }

  private static Throwable refusal(Admin admin, String topic) throws InterruptedException {
    try {
      create(admin, topic);
      throw new AssertionError("made " + topic);
    } catch (ExecutionException e) {
      return e.getCause() == null ? e : e.getCause();
    }
  }
}
