package org.constellation.local.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.constellation.local.network.BrokerProcess;
import org.constellation.local.process.ChildCommand;
import org.constellation.local.process.Directories;
import org.constellation.local.process.Ports;
import org.constellation.local.process.RunDirectory;
import org.constellation.local.process.RunFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {

  private static final int WAIT_SECONDS = 30;
  private static final String TOPIC = "stars";

  @TempDir private Path directory;
  private int port;
  private int controllerPort;

  @BeforeEach
  void choosePorts() throws IOException {
    var ports = new Ports();
    port = ports.choose();
    controllerPort = ports.choose();
  }

  @Test
  void keepsItsRecordsAcrossARestart() throws Exception {
    try (var broker = start()) {
      createTopic();
      send("kept");
      assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
    }
    try (var _ = start()) {
      assertThat(readOne()).isEqualTo("kept");
    }
  }

  @Test
  void startsEmptyForTheSameClientsWhenItsDirectoryIsLost() throws Exception {
    try (var admin = Admin.create(client())) {
      String before;
      try (var _ = start()) {
        createTopic();
        before = admin.describeCluster().clusterId().get(WAIT_SECONDS, TimeUnit.SECONDS);
      }
      Directories.delete(directory.resolve("broker"));
      try (var _ = start()) {
        var after = admin.describeCluster().clusterId().get(WAIT_SECONDS, TimeUnit.SECONDS);
        var topics = admin.listTopics().names().get(WAIT_SECONDS, TimeUnit.SECONDS);

        assertThat(after).isEqualTo(before);
        assertThat(topics).isEmpty();
      }
    }
  }

  @Test
  void comesBackWithItsRecordsWhenItsProcessIsKilled() throws Exception {
    var processes = new RunDirectory(directory);
    var first = startProcess(processes);
    try {
      createTopic();
      send("kept");
      var victim = first.process().orElseThrow();
      victim.destroyForcibly();
      victim.onExit().join();

      startProcess(processes);

      assertThat(readOne()).isEqualTo("kept");
    } finally {
      RunDirectory.stop(processes.all(), Duration.ofSeconds(WAIT_SECONDS));
    }
  }

  private KafkaBroker start() throws IOException {
    return KafkaBroker.start(directory.resolve("broker"), port, controllerPort);
  }

  private RunFile startProcess(RunDirectory processes) throws IOException {
    var words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            BrokerProcess.class.getName(),
            directory.resolve("broker").toString(),
            Integer.toString(port),
            Integer.toString(controllerPort),
            "127.0.0.1",
            "0");
    return processes.start(new ChildCommand("broker", words, Map.of()), port);
  }

  private Map<String, Object> client() {
    return Map.of("bootstrap.servers", "127.0.0.1:" + port, "auto.offset.reset", "earliest");
  }

  private void createTopic() throws Exception {
    try (var admin = Admin.create(client())) {
      admin
          .createTopics(Set.of(new NewTopic(TOPIC, Optional.of(1), Optional.empty())))
          .all()
          .get(WAIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private void send(String value) throws Exception {
    try (var producer =
        new KafkaProducer<>(client(), new StringSerializer(), new StringSerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, value)).get(WAIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  private String readOne() {
    try (var consumer =
        new KafkaConsumer<>(client(), new StringDeserializer(), new StringDeserializer())) {
      consumer.assign(List.of(new TopicPartition(TOPIC, 0)));
      var records = consumer.poll(Duration.ofSeconds(WAIT_SECONDS));
      assertThat(records.count()).isEqualTo(1);
      return records.iterator().next().value();
    }
  }
}
