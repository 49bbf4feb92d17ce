package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A network that {@code ./constellation up} started, until it is closed. */
final class Platform implements AutoCloseable {

  private static final Duration UP_PATIENCE = Duration.ofMinutes(6);
  private static final Duration COMMAND_PATIENCE = Duration.ofMinutes(4);
  private static final Pattern ADDRESS = Pattern.compile("The network is up: (http://\\S+)");
  private static final Pattern STATUS_LINE = Pattern.compile("(?m)^(\\S+) +(\\S+)");
  private static final Set<String> WELL = Set.of("running", "UP");
  private static final long KIBI = 1024;
  private static final JsonMapper JSON = new JsonMapper();

  private final Path data;
  private final Path home = checkout();
  private final String javaOptions;
  private String address = "";

  private Platform(Path data, String javaOptions) {
    this.data = data;
    this.javaOptions = javaOptions;
  }

  /** What a command did. */
  record Outcome(int exitCode, String output) {

    /** The output, if the command did what it was told to. */
    String expectSuccess() {
      assertThat(exitCode).as(output).isZero();
      return output;
    }
  }

  /** Starts a network in {@code data}. */
  static Platform up(Path data, String... options) throws IOException {
    return upWith(data, "", options);
  }

  /** Starts a network in {@code data} whose services' JVMs are told more. */
  static Platform upWith(Path data, String javaOptions, String... options) throws IOException {
    var platform = new Platform(data, javaOptions);
    var screen = data.resolveSibling(data.getFileName() + ".up");
    var words = new ArrayList<>(List.of("up", "--port", "0"));
    words.addAll(List.of(options));
    var up = platform.start(screen, words.toArray(String[]::new));
    try {
      await()
          .atMost(UP_PATIENCE)
          .until(() -> !up.isAlive() || ADDRESS.matcher(Files.readString(screen)).find());
      var found = ADDRESS.matcher(Files.readString(screen));
      assertThat(found.find()).as(Files.readString(screen)).isTrue();
      platform.address = found.group(1);
      return platform;
    } catch (AssertionError | RuntimeException e) {
      platform.close();
      throw e;
    }
  }

  /** Where its front door is. */
  String address() {
    return address;
  }

  Path data() {
    return data;
  }

  /** Runs a command of the network to its end. */
  Outcome run(String... words) throws IOException {
    return runToItsEnd(withData(words));
  }

  /** Runs a command to its end, before there is a network. */
  static Outcome command(List<String> words) throws IOException {
    return new Platform(Path.of(""), "").runToItsEnd(words);
  }

  private Outcome runToItsEnd(List<String> words) throws IOException {
    var screen = Files.createTempFile("constellation", ".out");
    try {
      var process = start(screen, words);
      if (!process.waitFor(COMMAND_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("no end of " + words + ": " + Files.readString(screen));
      }
      return new Outcome(process.exitValue(), Files.readString(screen));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      Files.delete(screen);
    }
  }

  /** Starts a command; what it says goes to {@code screen}. */
  Process start(Path screen, String... words) throws IOException {
    return start(screen, withData(words));
  }

  private List<String> withData(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data", data.toString()));
    return all;
  }

  private Process start(Path screen, List<String> words) throws IOException {
    var command = new ArrayList<>(List.of(home.resolve("constellation").toString()));
    command.addAll(words);
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(screen.toFile());
    builder.environment().put("CONSTELLATION_BUILD", "skip");
    // Here every process is young, and a dozen of them share what processors there are.
    builder.environment().put("CONSTELLATION_JAVA_OPTS", "-XX:TieredStopAtLevel=1 " + javaOptions);
    return builder.start();
  }

  /** Returns when every process runs and every member in them is well: none stays behind. */
  void awaitAllWell() {
    var said = new AtomicReference<>("");
    try {
      await()
          .atMost(COMMAND_PATIENCE)
          .until(
              () -> {
                var status = run("status");
                said.set(status.output());
                return status.exitCode() == 0;
              });
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(said + lastWords(), e);
    }
  }

  /** Processes that do not run, and those that say that not all is well with them. */
  Set<String> unwell() throws IOException {
    var lines = STATUS_LINE.matcher(run("status").output());
    return lines
        .results()
        .filter(line -> !WELL.contains(line.group(2)))
        .map(line -> line.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns when a server says that all is well with it. */
  void awaitWell(String name) {
    try (var api = managementOf(name)) {
      await()
          .atMost(COMMAND_PATIENCE)
          .ignoreException(AssertionError.class)
          .until(
              () -> api.get("/actuator/health").body().path("status").asString(""), "UP"::equals);
    }
  }

  /** A server's own door. */
  Api apiOf(String name) {
    return new Api("http://127.0.0.1:" + port(name));
  }

  /** Where a server says how it is, and shows its metrics. */
  Api managementOf(String name) {
    return new Api("http://127.0.0.1:" + port(name + "-management"));
  }

  /**
   * What a server's metrics add up to; 0 if it has nothing to show.
   *
   * @param metric as Prometheus names it
   * @param label that it must carry, for instance {@code kind="x"}, or the empty string
   */
  double figure(String server, String metric, String label) {
    try (var api = managementOf(server)) {
      return api.get("/actuator/prometheus")
          .text()
          .lines()
          .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
          .filter(line -> line.contains(label))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }

  /** The broker's address for clients. */
  String brokerAddress() {
    return "127.0.0.1:" + port("broker");
  }

  private int port(String name) {
    try {
      var port = runFile(data.resolve("endpoints.json")).path(name);
      assertThat(port.isNumber()).as(name).isTrue();
      return port.asInt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The program and the arguments by which a process was started. */
  List<String> commandOf(String name) throws IOException {
    return runFile(runFileOf(name)).path("command").values().stream()
        .map(JsonNode::asString)
        .toList();
  }

  /** Kills a process, and starts another one in its place. */
  void replace(String name, List<String> command) throws IOException {
    run("kill", name).expectSuccess();
    restart(name, command);
  }

  /** Starts a process that was killed, by another command than before. */
  void restart(String name, List<String> command) throws IOException {
    changeCommand(name, command);
    run("start", name).expectSuccess();
  }

  /** Sets by which command a process that was killed is started next. */
  void changeCommand(String name, List<String> command) throws IOException {
    write(name, (ObjectNode) runFile(runFileOf(name)), command);
  }

  /** Makes a process known that can be started, of the kind of one that there is. */
  void add(String name, String like, List<String> command) throws IOException {
    var file = (ObjectNode) runFile(runFileOf(like));
    file.put("name", name);
    // Of no process that ever was.
    file.put("startedMillis", 0);
    write(name, file, command);
  }

  /** Kills a process that was added. */
  void remove(String name) throws IOException {
    run("kill", name).expectSuccess();
    Files.delete(runFileOf(name));
  }

  private void write(String name, ObjectNode file, List<String> command) throws IOException {
    var words = file.putArray("command");
    command.forEach(words::add);
    Files.writeString(runFileOf(name), JSON.writeValueAsString(file));
  }

  /** Sends a process a signal, for instance {@code STOP}. */
  void signal(String name, String signal) throws IOException {
    var pid = runFile(runFileOf(name)).path("pid").asString();
    try {
      var sent = new ProcessBuilder("kill", "-" + signal, pid).inheritIO().start().waitFor();
      assertThat(sent).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private Path runFileOf(String name) {
    return data.resolve("run").resolve(name + ".json");
  }

  /** A file of the checkout that is run. */
  Path built(String path) {
    return home.resolve(path);
  }

  /** Starts processes that were killed. */
  void startAll(List<String> names) throws IOException {
    allOf("start", names);
  }

  /** Kills processes. */
  void killAll(List<String> names) throws IOException {
    allOf("kill", names);
  }

  private void allOf(String command, List<String> names) throws IOException {
    var words = new ArrayList<>(List.of(command));
    words.addAll(names);
    run(words.toArray(String[]::new)).expectSuccess();
  }

  /** Ends processes as a power cut does, all of them before any is waited for. */
  void killNow(List<String> names) throws IOException {
    var killed = new ArrayList<ProcessHandle>();
    for (var name : names) {
      var pid = runFile(runFileOf(name)).path("pid").asLong();
      ProcessHandle.of(pid).ifPresent(killed::add);
    }
    // The database's workers die with their master's shared memory.
    killed.forEach(ProcessHandle::destroyForcibly);
    await().until(() -> killed.stream().noneMatch(ProcessHandle::isAlive));
  }

  /** All processes that can be started alone. */
  List<String> processes() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("run"))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".json") && !name.equals("launcher.json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList();
    }
  }

  /** What a process has in memory, its children included: the database works in those. */
  long residentMebibytes(String name) throws IOException {
    var pid = runFile(runFileOf(name)).path("pid").asLong();
    var process = ProcessHandle.of(pid).orElseThrow();
    return Stream.concat(Stream.of(process), process.descendants())
            .mapToLong(one -> residentKibibytes(one.pid()))
            .sum()
        / KIBI;
  }

  private static long residentKibibytes(long pid) {
    try (var lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("RssAnon:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return 0; // It has just ended.
    }
  }

  /** What of a process's heap is in use right after a collection; empty if it is no JVM. */
  OptionalLong liveMebibytes(String name) throws IOException {
    var pid = runFile(runFileOf(name)).path("pid").asLong();
    var program = ProcessHandle.of(pid).flatMap(process -> process.info().command());
    // To attach to a JVM is to send it SIGQUIT, at which a database shuts down at once.
    if (program.filter(path -> path.endsWith("/java")).isEmpty()) {
      return OptionalLong.empty();
    }
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    var process = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram").start();
    try (var lines = process.inputReader()) {
      return lines
          .lines()
          .filter(line -> line.startsWith("Total "))
          .mapToLong(line -> Long.parseLong(line.strip().split(" +", -1)[2]) / KIBI / KIBI)
          .findFirst();
    }
  }

  /** What lies in each directory of the network's data, and of each member. */
  Map<String, Long> diskMebibytes() throws IOException {
    var sizes = new TreeMap<String, Long>();
    for (var parent : List.of(data, data.resolve("members"))) {
      try (var parts = Files.list(parent)) {
        for (var part : parts.filter(Files::isDirectory).toList()) {
          sizes.put(data.relativize(part).toString(), size(part) / KIBI / KIBI);
        }
      }
    }
    return sizes;
  }

  private static long size(Path directory) throws IOException {
    var sum = new AtomicLong();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sum.addAndGet(attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException gone) {
            return FileVisitResult.CONTINUE;
          }
        });
    return sum.get();
  }

  /** The tables that are there to be queried. */
  Connection database() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:"
            + port("database")
            + "/constellation?user=postgres&currentSchema=blackhole&password="
            + databasePassword());
  }

  private String databasePassword() {
    try {
      var file = Files.readString(data.resolve("database.pgpass")).strip();
      return file.substring(file.lastIndexOf(':') + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode runFile(Path file) throws IOException {
    return JSON.readTree(Files.readString(file));
  }

  private static Path checkout() {
    for (var place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
      if (Files.isExecutable(place.resolve("constellation"))) {
        return place;
      }
    }
    throw new IllegalStateException("not inside a checkout");
  }

  /** The last lines of every log, for whoever looks for a reason. */
  String lastWords() {
    try (var logs = Files.list(data.resolve("logs"))) {
      var words = new StringBuilder();
      for (var log : logs.sorted().toList()) {
        var lines = Files.readAllLines(log);
        words.append("--- ").append(log.getFileName()).append('\n');
        lines
            .subList(Math.max(0, lines.size() - 15), lines.size())
            .forEach(line -> words.append(line).append('\n'));
      }
      return words.toString();
    } catch (IOException e) {
      return "no logs: " + e;
    }
  }

  @Override
  public void close() {
    try {
      run("down").expectSuccess();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
