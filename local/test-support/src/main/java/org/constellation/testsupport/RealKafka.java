package org.constellation.testsupport;

import java.util.Map;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * The JVM's Kafka broker (KRaft, one node). It starts at the first use on a random loopback port
 * and is gone with the JVM. Topics are never created by use; a test that needs its own world takes
 * a network name of its own, since topic names begin with it.
 */
public final class RealKafka {

  /** Largest record that the broker takes, as in the local network: 8 MiB. */
  public static final int RECORD_BYTES_MAX = 8 * 1024 * 1024;

  private RealKafka() {}

  /** The broker's address, {@code host:port}. */
  public static String bootstrapServers() {
    return Running.BROKER.getBrokersAsString();
  }

  /** What a Spring Boot application needs to use this broker, as {@code spring.kafka.*}. */
  public static Map<String, String> springProperties() {
    return Map.of("spring.kafka.bootstrap-servers", bootstrapServers());
  }

  private static final class Running {
    static final EmbeddedKafkaBroker BROKER = start();

    private static EmbeddedKafkaBroker start() {
      var broker =
          new EmbeddedKafkaKraftBroker(1, 1)
              .brokerProperties(
                  Map.of(
                      "auto.create.topics.enable", "false",
                      "message.max.bytes", Integer.toString(RECORD_BYTES_MAX),
                      "replica.fetch.max.bytes", Integer.toString(RECORD_BYTES_MAX),
                      "offsets.topic.num.partitions", "3",
                      "transaction.state.log.num.partitions", "3",
                      "transaction.state.log.replication.factor", "1",
                      "transaction.state.log.min.isr", "1",
                      "log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024)));
      broker.afterPropertiesSet();
      Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy, "kafka-closer"));
      return broker;
    }
  }
}
