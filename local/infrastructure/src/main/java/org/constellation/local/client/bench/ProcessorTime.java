package org.constellation.local.client.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.constellation.local.process.RunDirectory;

/**
 * What each process of the network has used of the processors, its children included, and this
 * program itself.
 *
 * @param byProcess by the name that {@code status} shows
 */
record ProcessorTime(Map<String, Duration> byProcess) {

  /** This program's own name in the table. */
  static final String LOADER = "(this load)";

  ProcessorTime {
    byProcess = Map.copyOf(byProcess);
  }

  static ProcessorTime now(RunDirectory processes) throws IOException {
    var used = new TreeMap<String, Duration>();
    for (var file : processes.all()) {
      file.process()
          .ifPresent(process -> used.put(file.name(), withChildren(file.name(), process)));
    }
    used.put(LOADER, of(ProcessHandle.current()));
    return new ProcessorTime(used);
  }

  // The launcher's children have run files of their own; the database's are its workers.
  private static Duration withChildren(String name, ProcessHandle process) {
    var all =
        name.equals("database")
            ? Stream.concat(Stream.of(process), process.descendants())
            : Stream.of(process);
    return all.map(ProcessorTime::of).reduce(Duration.ZERO, Duration::plus);
  }

  private static Duration of(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What was used since {@code earlier}. */
  ProcessorTime since(ProcessorTime earlier) {
    var difference = new TreeMap<String, Duration>();
    byProcess.forEach(
        (name, used) ->
            difference.put(name, used.minus(earlier.byProcess.getOrDefault(name, Duration.ZERO))));
    return new ProcessorTime(difference);
  }
}
