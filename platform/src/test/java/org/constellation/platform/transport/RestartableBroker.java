package org.constellation.platform.transport;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.springframework.util.FileSystemUtils;

/** A broker of a test's own, always at the same address, that may die and lose everything. */
public final class RestartableBroker implements AutoCloseable {

  private final Path directory;
  private final int port;
  private final int controllerPort;
  private KafkaRaftServer server;

  public RestartableBroker(Path directory) throws Exception {
    this.directory = directory;
    try (var one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = one.getLocalPort();
      controllerPort = two.getLocalPort();
    }
    server = begin();
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public void stop() {
    server.shutdown();
    server.awaitShutdown();
  }

  public void loseData() throws IOException {
    FileSystemUtils.deleteRecursively(directory);
  }

  public void start() throws Exception {
    server = begin();
  }

  private KafkaRaftServer begin() throws Exception {
    if (!directory.resolve("meta.properties").toFile().exists()) {
      new Formatter()
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .setNodeId(1)
          .setClusterId("dGVzdC1jbHVzdGVyLTAwMQ")
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName("CONTROLLER")
          .setIgnoreFormatted(true)
          .run();
    }
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.put(
        "listeners", "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + port);
    settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "CLIENTS");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("log.dirs", directory.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("message.max.bytes", Integer.toString(4 * 1024 * 1024));
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));
    settings.put("offsets.topic.num.partitions", "1");
    var started = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    started.startup();
    return started;
  }

  @Override
  public void close() {
    stop();
  }
}
