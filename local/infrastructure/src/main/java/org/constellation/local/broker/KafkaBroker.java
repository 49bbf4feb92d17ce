package org.constellation.local.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * One broker that is its own controller, on one data directory. It survives {@code kill -9} and the
 * loss of that directory: the cluster id is fixed, so clients take the empty broker for the one
 * they knew. Kafka is not synced to disk, since nothing trusts it.
 */
public final class KafkaBroker implements AutoCloseable {

  /** Largest record batch that the broker takes: a payload of 1 MiB and 8 MiB of bodies. */
  public static final int BATCH_BYTES_MAX = 10 * 1024 * 1024;

  // "Constellation-01" in URL-safe Base64: a cluster id is any 16 bytes.
  private static final String CLUSTER_ID = "Q29uc3RlbGxhdGlvbi0wMQ";

  private static final int NODE = 1;
  private static final int SESSION_MILLIS = 4_000;
  private static final int CLEANER_BUFFER_BYTES = 8 * 1024 * 1024;

  private final Server server;
  private final int port;

  private KafkaBroker(Server server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker and returns when it accepts clients.
   *
   * @param data where topics are kept; made and formatted if it does not exist
   * @param port for clients, on the loopback interface
   * @param controllerPort for the broker's own metadata traffic
   */
  public static KafkaBroker start(Path data, int port, int controllerPort) throws IOException {
    return start(data, port, controllerPort, Map.of());
  }

  /**
   * The same, otherwise configured.
   *
   * @param settings of Kafka, that go before those made here
   */
  public static KafkaBroker start(
      Path data, int port, int controllerPort, Map<String, String> settings) throws IOException {
    format(data);
    var all = configuration(data, port, controllerPort);
    all.putAll(settings);
    var server = new KafkaRaftServer(new KafkaConfig(all, false), Time.SYSTEM);
    server.startup();
    return new KafkaBroker(server, port);
  }

  /** The address for clients, {@code host:port}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** Waits until the broker has stopped. */
  public void awaitStop() {
    server.awaitShutdown();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path data) throws IOException {
    if (Files.exists(data.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(data);
    try {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(NODE)
          .setClusterId(CLUSTER_ID)
          .addDirectory(data.toString())
          .setMetadataLogDirectory(data.toString())
          .setControllerListenerName("CONTROLLER")
          .setIgnoreFormatted(true)
          .run();
    } catch (Exception e) { // what Formatter.run declares
      throw new IOException("cannot format " + data, e);
    }
  }

  private static Map<String, String> configuration(Path data, int port, int controllerPort) {
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE));
    settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
    settings.put(
        "listeners", "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + port);
    settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "CLIENTS");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("log.dirs", data.toString());

    // A misspelt topic should fail, not appear.
    settings.put("auto.create.topics.enable", "false");
    settings.put("message.max.bytes", Integer.toString(BATCH_BYTES_MAX));
    settings.put("replica.fetch.max.bytes", Integer.toString(BATCH_BYTES_MAX));

    // One node: everything has one copy, and few partitions of Kafka's own topics start faster.
    settings.put("offsets.topic.num.partitions", "3");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", "3");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "3");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    // After a kill the controller lets the broker back in when its old session has run out: nine
    // seconds by default.
    settings.put("broker.session.timeout.ms", Integer.toString(SESSION_MILLIS));
    settings.put("broker.heartbeat.interval.ms", Integer.toString(SESSION_MILLIS / 8));
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(CLEANER_BUFFER_BYTES));
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    return settings;
  }
}
