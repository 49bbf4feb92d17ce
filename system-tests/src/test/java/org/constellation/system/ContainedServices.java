package org.constellation.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** All services of a new network in one process, on a broker and a database that are elsewhere. */
final class ContainedServices implements AutoCloseable {

  static final List<String> NAMES =
      List.of(
          "star-service",
          "cluster-consensus-service",
          "galaxy-service",
          "blackhole-ledger",
          "contract-gateway");

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String MANAGEMENT = "-management";

  private final Path data;
  private final Map<String, Integer> ports = new TreeMap<>();
  private final Process process;

  ContainedServices(Path data, Containers containers) throws IOException {
    this.data = Files.createDirectories(data);
    var options = new TreeMap<String, String>();
    for (var name : NAMES) {
      for (var server : List.of(name, name + MANAGEMENT)) {
        ports.put(server, freePort());
        options.put("constellation.ports." + server, ports.get(server).toString());
      }
    }
    options.put("constellation.services", "all");
    options.put("constellation.data", data.toString());
    options.put("spring.kafka.bootstrap-servers", containers.brokerAddress());
    options.put("spring.cloud.stream.kafka.binder.brokers", containers.brokerAddress());
    options.put("spring.datasource.url", containers.databaseUrl());
    options.put("spring.datasource.username", "postgres");
    options.put("spring.datasource.password", containers.databasePassword());
    options.put("spring.flyway.connect-retries", "60");
    var built = Path.of("..", "local", "services", "target").toAbsolutePath().normalize();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow"));
    options.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.addAll(
        List.of(
            "-cp",
            built.resolve("local-services.jar")
                + ":"
                + Files.readString(built.resolve("runtime.classpath")).strip(),
            "org.constellation.local.services.LocalServices"));
    this.process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What they say. */
  Path log() {
    return data.resolveSibling(data.getFileName() + ".log");
  }

  Path data() {
    return data;
  }

  /** The front door. */
  Api api() {
    return new Api("http://127.0.0.1:" + ports.get("contract-gateway"));
  }

  /** What a service says of itself: health with its reasons. */
  Api.Answer health(String service) {
    try (var api = new Api("http://127.0.0.1:" + ports.get(service + MANAGEMENT))) {
      return api.get("/actuator/health");
    }
  }

  /** Returns when all is well with every service. */
  void awaitWell() {
    for (var service : NAMES) {
      await(service + " is well")
          .atMost(PATIENCE)
          .ignoreException(AssertionError.class)
          .until(
              () -> {
                if (!process.isAlive()) {
                  throw new IllegalStateException("the services ended: " + log());
                }
                return health(service).status() == 200;
              });
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
