package org.constellation.local.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.constellation.local.process.RunFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends processes the hard way, to see what the others do. */
@Command(
    name = "kill",
    description =
        "Ends processes at once (kill -9), none of them if one does not run. `status` lists the"
            + " names.",
    mixinStandardHelpOptions = true)
final class Kill implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  private final LinkedHashSet<String> names = new LinkedHashSet<>();

  @Parameters(
      paramLabel = "NAME",
      arity = "1..*",
      description = "For instance database, or facilitator-2.")
  void named(List<String> processes) {
    names.addAll(processes);
  }

  @Override
  public Integer call() throws IOException {
    var network = data.network();
    var running = new LinkedHashMap<String, ProcessHandle>();
    for (var name : names) {
      var file = network.processes().find(name);
      if (file.isEmpty()) {
        throw DataOption.unknown(network, "process", name, network.processes().names());
      }
      var process = file.flatMap(RunFile::process);
      if (process.isEmpty()) {
        throw new IOException(name + " does not run");
      }
      running.put(name, process.get());
    }
    // As a power cut would: all of them before any is waited for.
    running.values().forEach(ProcessHandle::destroyForcibly);
    running.forEach(
        (name, process) -> {
          process.onExit().join();
          System.out.println(name + " killed");
        });
    return 0;
  }
}
