package org.constellation.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The processes of one data directory: a file per process in {@code run}, its output in {@code
 * logs}. The files are the truth that every run of the command shares; none holds it in memory.
 */
public final class RunDirectory {

  private static final String SUFFIX = ".json";
  private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

  private final JsonMapper json = new JsonMapper();
  private final Path run;
  private final Path logs;

  /**
   * The processes of the data directory {@code data}, where nothing is made before it is needed.
   */
  public RunDirectory(Path data) {
    this.run = data.resolve("run");
    this.logs = data.resolve("logs");
  }

  /** Where the process of that name writes what it says. */
  public Path log(String name) {
    return logs.resolve(name + ".log");
  }

  /** All logs are in here. */
  public Path logs() {
    return logs;
  }

  /**
   * Starts a process of its own. It ignores the terminal's interrupt, so that a Ctrl-C reaches only
   * the command, which then stops everything in order.
   *
   * @param port where it will listen, or 0
   */
  public RunFile start(ChildCommand command, int port) throws IOException {
    return record(spawn(command).toHandle(), port, command);
  }

  /**
   * Runs a process to its end, or kills it when {@code patience} is over.
   *
   * @return its exit code, empty if it was killed
   */
  public OptionalInt run(ChildCommand command, Duration patience)
      throws IOException, InterruptedException {
    var process = spawn(command);
    record(process.toHandle(), 0, command);
    try {
      if (process.waitFor(patience)) {
        return OptionalInt.of(process.exitValue());
      }
      return OptionalInt.empty();
    } finally {
      process.destroyForcibly();
      forget(command.name());
    }
  }

  private Process spawn(ChildCommand command) throws IOException {
    Files.createDirectories(logs);
    var words = new ArrayList<>(List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
    words.addAll(command.words());
    var builder =
        new ProcessBuilder(words)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log(command.name()).toFile()));
    builder.environment().putAll(command.environment());
    return builder.start();
  }

  /** Writes down a process that was started in another way. */
  public RunFile record(ProcessHandle process, int port, ChildCommand command) throws IOException {
    Files.createDirectories(run);
    var file = RunFile.of(process, port, command);
    var path = run.resolve(file.name() + SUFFIX);
    var fresh = Files.createTempFile(run, file.name(), ".tmp");
    Files.writeString(fresh, json.writerWithDefaultPrettyPrinter().writeValueAsString(file));
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return file;
  }

  /** What is written down about {@code name}, whether it runs or not. A torn file is none. */
  public Optional<RunFile> find(String name) {
    try {
      var content = Files.readString(run.resolve(name + SUFFIX));
      return Optional.of(json.readValue(content, RunFile.class));
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  /** Everything written down, by name. */
  public List<RunFile> all() throws IOException {
    return names().stream().flatMap(name -> find(name).stream()).toList();
  }

  /** The names of everything written down, in order. */
  public List<String> names() throws IOException {
    if (!Files.exists(run)) {
      return List.of();
    }
    try (var files = Files.list(run)) {
      return files
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  /** Forgets a process that need not be found again. */
  public void forget(String name) throws IOException {
    Files.deleteIfExists(run.resolve(name + SUFFIX));
  }

  /**
   * Waits for a process to end, at most for {@code patience}.
   *
   * @return whether it has ended
   */
  public static boolean ended(ProcessHandle process, Duration patience) {
    return awaitEnd(List.of(process), patience);
  }

  /** Asks all of {@code files} to end at once, waits, and kills those that do not. */
  public static void stop(List<RunFile> files, Duration patience) {
    var processes = files.stream().flatMap(file -> file.process().stream()).toList();
    processes.forEach(ProcessHandle::destroy);
    if (!awaitEnd(processes, patience)) {
      processes.forEach(ProcessHandle::destroyForcibly);
      awaitEnd(processes, KILL_PATIENCE);
    }
  }

  private static boolean awaitEnd(List<ProcessHandle> processes, Duration patience) {
    var ends = processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(ends).get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return processes.stream().noneMatch(ProcessHandle::isAlive);
    }
  }
}
