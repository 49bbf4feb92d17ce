package org.constellation.local.client.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.constellation.local.process.RunDirectory;

/**
 * What each process of the network has used of the processors, its children included, and this
 * program itself.
 *
 * @param byName by the name that {@code status} shows
 */
record ProcessorTime(Map<String, Running> byName) {

  /** This program's own name in the table. */
  static final String LOADER = "(this load)";

  /**
   * One of them, as the operating system knows it now.
   *
   * @param used by itself and by its children, since each of them began
   */
  record Running(ProcessHandle handle, Map<ProcessHandle, Duration> used) {

    Running {
      used = Map.copyOf(used);
    }

    private static Running of(String name, ProcessHandle handle) {
      // The launcher's children have run files of their own; the database's are its workers.
      var all =
          name.equals("database")
              ? Stream.concat(Stream.of(handle), handle.descendants())
              : Stream.of(handle);
      return new Running(
          handle,
          all.distinct()
              .collect(
                  Collectors.toMap(
                      one -> one, one -> one.info().totalCpuDuration().orElse(Duration.ZERO))));
    }
  }

  /**
   * What was used between two moments.
   *
   * @param byProcess by name; of one that began in between, what it used since it began
   * @param begun those that began in between, or began again
   * @param ended those that ran at first and not at last; what they used is in no sum
   */
  record Used(Map<String, Duration> byProcess, Set<String> begun, Set<String> ended) {

    Used {
      byProcess = Map.copyOf(byProcess);
      begun = Set.copyOf(begun);
      ended = Set.copyOf(ended);
    }
  }

  ProcessorTime {
    byName = Map.copyOf(byName);
  }

  static ProcessorTime now(RunDirectory processes) throws IOException {
    var used = new TreeMap<String, Running>();
    for (var file : processes.all()) {
      file.process().ifPresent(process -> used.put(file.name(), Running.of(file.name(), process)));
    }
    used.put(LOADER, Running.of(LOADER, ProcessHandle.current()));
    return new ProcessorTime(used);
  }

  /** What was used since {@code earlier}. */
  Used since(ProcessorTime earlier) {
    var used = new TreeMap<String, Duration>();
    var begun = new TreeSet<String>();
    byName.forEach(
        (name, process) -> {
          var before = earlier.byName.get(name);
          // A process or worker that was not there then began later, from nothing.
          var usedBefore = before == null ? Map.<ProcessHandle, Duration>of() : before.used();
          used.put(
              name,
              process.used().entrySet().stream()
                  .map(
                      one ->
                          one.getValue()
                              .minus(usedBefore.getOrDefault(one.getKey(), Duration.ZERO)))
                  .reduce(Duration.ZERO, Duration::plus));
          if (before == null || !before.handle().equals(process.handle())) {
            begun.add(name);
          }
        });
    var ended = new TreeSet<>(earlier.byName.keySet());
    ended.removeAll(byName.keySet());
    return new Used(used, begun, ended);
  }
}
