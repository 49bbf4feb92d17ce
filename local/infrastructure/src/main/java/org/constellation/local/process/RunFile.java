package org.constellation.local.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is written down about one process so that another run of the command finds it again, and can
 * start its like.
 *
 * @param name unique within the data directory; also the name of its log
 * @param pid the operating system's process id
 * @param startedMillis when the operating system says it started, since pids are used again
 * @param port where it listens on the loopback interface, or 0
 * @param command the program and its arguments; empty if it cannot be started alone
 * @param environment variables set for it beyond the inherited ones
 */
public record RunFile(
    String name,
    long pid,
    long startedMillis,
    int port,
    List<String> command,
    Map<String, String> environment) {

  // Linux derives the instant from the boot time in whole seconds, which a clock step can move.
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(2);

  public RunFile {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /** Describes {@code process}, which was started by {@code command}. */
  public static RunFile of(ProcessHandle process, int port, ChildCommand command) {
    return new RunFile(
        command.name(),
        process.pid(),
        startOf(process).toEpochMilli(),
        port,
        command.words(),
        command.environment());
  }

  /** The process, if it still runs. Another one under the same pid does not count. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            process -> {
              var difference =
                  Duration.between(Instant.ofEpochMilli(startedMillis), startOf(process));
              return difference.abs().compareTo(CLOCK_TOLERANCE) <= 0;
            });
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElse(Instant.EPOCH);
  }
}
