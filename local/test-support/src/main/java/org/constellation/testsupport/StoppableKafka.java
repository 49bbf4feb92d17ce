package org.constellation.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.constellation.local.broker.KafkaBroker;
import org.constellation.local.process.Directories;
import org.constellation.local.process.Ports;
import org.jspecify.annotations.Nullable;

/**
 * A broker of one test's own, which may stop, come back on the same address, and lose its data. It
 * is the one that the local network runs.
 */
public final class StoppableKafka implements AutoCloseable {

  private final Path directory;
  private final int port;
  private final int controllerPort;
  private @Nullable KafkaBroker running;

  /** Chooses the address; the broker is stopped. */
  public StoppableKafka() throws IOException {
    var ports = new Ports();
    this.directory = Files.createTempDirectory("constellation-kafka");
    this.port = ports.choose();
    this.controllerPort = ports.choose();
  }

  /** The broker's address, {@code host:port}, the same whether it runs or not. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** What a Spring Boot application needs to use this broker, as {@code spring.kafka.*}. */
  public Map<String, String> springProperties() {
    return Map.of("spring.kafka.bootstrap-servers", bootstrapServers());
  }

  /** Starts the broker unless it runs; returns when it takes requests. */
  public void start() throws IOException {
    if (running == null) {
      running = KafkaBroker.start(data(), port, controllerPort);
    }
  }

  /** Stops the broker; its topics stay. */
  public void stop() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  /** Stops the broker and deletes every topic and record. */
  public void loseData() throws IOException {
    stop();
    Directories.delete(data());
  }

  @Override
  public void close() throws IOException {
    stop();
    Directories.delete(directory);
  }

  private Path data() {
    return directory.resolve("data");
  }
}
