package org.constellation.local.network;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.constellation.local.broker.KafkaBroker;
import org.constellation.local.database.PasswordFile;
import org.constellation.local.database.PostgresServer;
import org.constellation.local.process.ChildCommand;
import org.constellation.local.process.LogRotation;
import org.constellation.local.process.Ports;
import org.constellation.local.process.RunDirectory;
import org.constellation.local.process.RunFile;
import org.jspecify.annotations.Nullable;

/**
 * A whole network on this machine, from the first process to the last. {@link #start} and {@link
 * #watch} belong to one thread; {@link #stop} may come from another at any time.
 */
public final class LocalNetwork {

  /** The process that holds the command itself and, without {@code --processes}, the broker. */
  public static final String LAUNCHER = "launcher";

  /** PostgreSQL, always a process of its own. */
  public static final String DATABASE = "database";

  /** Kafka. */
  public static final String BROKER = "broker";

  /** The broker's own metadata listener. */
  static final String BROKER_CONTROLLER = "broker-controller";

  /** All services in one JVM. */
  public static final String SERVICES = "services";

  private static final String PROVISIONING = "provisioning";

  /** Nothing takes so long, even eleven JVMs at once on two slow cores. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);

  private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration WATCH_EVERY = Duration.ofSeconds(1);

  private final Installation installation;
  private final DataDirectory data;
  private final Shape shape;
  private final int gatewayPort;
  private final Progress progress;
  private final RunDirectory processes;
  private final BrokerAddress brokerAddress;
  private final Map<String, Integer> ports = new TreeMap<>();

  private volatile @Nullable KafkaBroker broker;
  private volatile boolean stopping;

  /**
   * @param gatewayPort where users shall find the network, if that port is free
   */
  public LocalNetwork(
      Installation installation,
      DataDirectory data,
      Shape shape,
      int gatewayPort,
      Progress progress) {
    this.installation = installation;
    this.data = data;
    this.shape = shape;
    this.gatewayPort = gatewayPort;
    this.progress = progress;
    this.processes = data.processes();
    this.brokerAddress = shape.ofOrganisation().map(BrokerAddress::of).orElse(BrokerAddress.LOCAL);
  }

  /** Stops every process that an earlier run left behind, services first, the database last. */
  public static void stopLeftovers(DataDirectory data, Progress progress) throws IOException {
    var processes = data.processes();
    var services = new ArrayList<RunFile>();
    var broker = new ArrayList<RunFile>();
    for (var file : processes.all()) {
      switch (file.name()) {
        case LAUNCHER, DATABASE -> {}
        case BROKER -> broker.add(file);
        default -> services.add(file);
      }
    }
    stopAll("services", services, progress);
    stopAll("broker", broker, progress);
    if (PostgresServer.stopLeftover(data.postgres())) {
      progress.tell("database stopped");
    }
    for (var file : processes.all()) {
      if (!file.name().equals(LAUNCHER)) {
        processes.forget(file.name());
      }
    }
  }

  private static void stopAll(String what, List<RunFile> files, Progress progress) {
    var running = files.stream().filter(file -> file.process().isPresent()).toList();
    if (!running.isEmpty()) {
      RunDirectory.stop(running, STOP_PATIENCE);
      progress.tell(what + " stopped");
    }
  }

  /**
   * Starts everything, as much as possible at once, and returns when every server takes requests.
   *
   * @throws StartFailed if a part does not come up; the others are left for {@link #stop}
   */
  public void start() throws StartFailed, IOException, InterruptedException {
    processes.record(ProcessHandle.current(), 0, new ChildCommand(LAUNCHER, List.of(), Map.of()));
    choosePorts();
    try (var starters = Executors.newVirtualThreadPerTaskExecutor()) {
      var database = starters.submit(part(DATABASE, this::startDatabase));
      var kafka = starters.submit(part(BROKER, this::startBroker));
      if (!shape.processes()) {
        startServices(SERVICES, ServicesProcess.ALL, Shape.gateway());
      }
      await(database);
      await(kafka);
    }
    if (shape.processes()) {
      provision();
      for (var server : shape.servers()) {
        startServices(server, server, server);
      }
    }
    awaitServers();
  }

  /** The address at which users find the network. */
  public String address() {
    return "http://localhost:" + ports.get(Shape.gateway());
  }

  /** Tells of processes that end or come back, and keeps logs small, until {@link #stop}. */
  public void watch() throws IOException, InterruptedException {
    var down = new LinkedHashSet<String>();
    while (!stopping) {
      LogRotation.turnOver(processes.logs(), LogRotation.LOG_BYTES_MAX);
      for (var file : processes.all()) {
        tellChange(file, down);
      }
      Thread.sleep(WATCH_EVERY);
    }
  }

  /** Stops everything in order: services, broker, database. */
  public void stop() throws IOException {
    stopping = true;
    var services = processes.all().stream().filter(LocalNetwork::isService).toList();
    stopAll("services", services, progress);
    var own = broker;
    if (own != null) {
      own.close();
      progress.tell("broker stopped");
    }
    stopLeftovers(data, progress);
    processes.forget(LAUNCHER);
  }

  /**
   * The process that the part {@code name} of a network runs in; empty if that is a process of its
   * own, or there is no such part.
   */
  public static Optional<String> hostOf(String name, Shape shape) {
    if (shape.processes()) {
      return Optional.empty();
    }
    if (name.equals(BROKER)) {
      return Optional.of(LAUNCHER);
    }
    return shape.servers().contains(name) || shape.members().contains(name)
        ? Optional.of(SERVICES)
        : Optional.empty();
  }

  private static boolean isService(RunFile file) {
    return !Set.of(LAUNCHER, DATABASE, BROKER).contains(file.name());
  }

  private void choosePorts() throws IOException {
    var previous = data.endpoints();
    var chosen = new Ports();
    if (brokerAddress.port() != 0) {
      ports.put(BROKER, chosen.require(brokerAddress.port()));
    }
    ports.put(
        Shape.gateway(), chosen.choose(gatewayPort, previous.getOrDefault(Shape.gateway(), 0)));
    var others = new ArrayList<>(List.of(DATABASE, BROKER, BROKER_CONTROLLER));
    others.addAll(shape.servers());
    shape.servers().forEach(server -> others.add(Shape.management(server)));
    for (var name : others) {
      if (!ports.containsKey(name)) {
        ports.put(name, chosen.choose(previous.getOrDefault(name, 0)));
      }
    }
    data.saveEndpoints(ports);
    data.saveTargets(
        shape.servers().stream()
            .map(server -> ScrapeTarget.of(server, port(Shape.management(server))))
            .toList());
  }

  private int port(String name) {
    return ports.getOrDefault(name, 0);
  }

  private void startDatabase() throws IOException {
    startDatabase(data, processes, port(DATABASE));
  }

  /** Where a process stands among those that are started again: what others need is lowest. */
  public static int startRank(String name) {
    return switch (name) {
      case DATABASE -> 0;
      case BROKER -> 1;
      default -> 2;
    };
  }

  /** Starts the database of {@code data} on {@code port} and writes it down. */
  public static void startDatabase(DataDirectory data, RunDirectory processes, int port)
      throws IOException {
    var password = PasswordFile.at(data.databasePassword());
    var server = PostgresServer.start(data.postgres(), password, processes.log(DATABASE), port);
    var postmaster = ProcessHandle.of(server.pid());
    if (postmaster.isEmpty()) {
      throw new IOException("PostgreSQL ended as soon as it had started");
    }
    processes.record(postmaster.get(), port, new ChildCommand(DATABASE, List.of(), Map.of()));
  }

  private void startBroker() throws IOException {
    if (shape.processes()) {
      processes.start(
          BrokerProcess.command(
              installation, data, brokerAddress, port(BROKER), port(BROKER_CONTROLLER)),
          port(BROKER));
    } else {
      var controllerPort = port(BROKER_CONTROLLER);
      broker =
          KafkaBroker.start(
              data.broker(), port(BROKER), controllerPort, brokerAddress.settings(controllerPort));
    }
  }

  private void startServices(String name, String services, String server) throws IOException {
    var command = new ServicesProcess(installation, data, shape, ports).command(name, services);
    processes.start(command, port(server));
  }

  /**
   * How {@code installation} would start a process of {@code data}, the database apart, now that
   * the network has its ports.
   */
  public static ChildCommand commandOf(
      Installation installation, DataDirectory data, Shape shape, String name) throws IOException {
    var ports = data.endpoints();
    if (name.equals(BROKER)) {
      return BrokerProcess.command(
          installation,
          data,
          shape.ofOrganisation().map(BrokerAddress::of).orElse(BrokerAddress.LOCAL),
          ports.getOrDefault(BROKER, 0),
          ports.getOrDefault(BROKER_CONTROLLER, 0));
    }
    var services = name.equals(SERVICES) ? ServicesProcess.ALL : name;
    return new ServicesProcess(installation, data, shape, ports).command(name, services);
  }

  private void provision() throws IOException, StartFailed, InterruptedException {
    provision(installation, data, shape);
    progress.tell("network provisioned");
  }

  /** Makes the genesis file and all keys of a new network, unless they are there. */
  public static void provision(Installation installation, DataDirectory data, Shape shape)
      throws IOException, StartFailed, InterruptedException {
    var command =
        new ServicesProcess(installation, data, shape, Map.of())
            .command(PROVISIONING, ServicesProcess.PROVISION);
    var code = data.processes().run(command, START_PATIENCE);
    if (code.isEmpty() || code.getAsInt() != 0) {
      throw new StartFailed(
          "the network could not be made; the last words of that are in "
              + data.processes().log(PROVISIONING));
    }
  }

  private void awaitServers() throws StartFailed, IOException, InterruptedException {
    var waiting = new LinkedHashSet<>(shape.servers());
    var deadline = System.nanoTime() + START_PATIENCE.toNanos();
    try (var readiness = new Readiness()) {
      while (!waiting.isEmpty()) {
        for (var server : List.copyOf(waiting)) {
          if (readiness.isReady(port(Shape.management(server)))) {
            waiting.remove(server);
            progress.tell(server + " ready");
          }
        }
        failIfOneEnded();
        if (System.nanoTime() > deadline) {
          throw new StartFailed("not ready in time: " + String.join(", ", waiting));
        }
        Thread.sleep(POLL);
      }
    }
  }

  private void failIfOneEnded() throws StartFailed, IOException {
    for (var file : processes.all()) {
      if (file.process().isEmpty()) {
        throw new StartFailed(file.name() + " ended while starting" + hint(file.name()));
      }
    }
  }

  private String hint(String name) {
    return "; its last words are in " + processes.log(name);
  }

  private void tellChange(RunFile file, Set<String> down) {
    if (stopping || file.name().equals(LAUNCHER)) {
      return;
    }
    if (file.process().isEmpty()) {
      if (down.add(file.name())) {
        progress.tell(
            "%s ended; `./constellation start %s` starts it again"
                .formatted(file.name(), file.name()));
      }
    } else if (down.remove(file.name())) {
      progress.tell(file.name() + " runs again");
    }
  }

  private Callable<Void> part(String name, IoAction action) {
    return () -> {
      action.run();
      progress.tell(name + " ready");
      return null;
    };
  }

  private static void await(Future<Void> part) throws StartFailed, InterruptedException {
    try {
      part.get();
    } catch (ExecutionException e) {
      var cause = e.getCause() == null ? e : e.getCause();
      throw new StartFailed(String.valueOf(cause.getMessage()), cause);
    }
  }

  @FunctionalInterface
  private interface IoAction {
    void run() throws IOException;
  }
}
