package org.constellation.local.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.Installation;
import org.constellation.local.network.LocalNetwork;
import org.constellation.local.process.ChildCommand;
import org.constellation.local.process.RunFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts processes that have ended, as they were started before. */
@Command(
    name = "start",
    description =
        "Starts processes of a running network again, as they were started before: database and"
            + " broker first, and none of them if one cannot be started.",
    mixinStandardHelpOptions = true)
final class Start implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  @Option(
      names = "--this-build",
      description = "From this checkout, whichever they were started from: a new version.")
  private boolean thisBuild;

  private final LinkedHashSet<String> names = new LinkedHashSet<>();

  @Parameters(paramLabel = "NAME", arity = "1..*", description = "The names that `status` shows.")
  void named(List<String> processes) {
    names.addAll(processes);
  }

  @Override
  public Integer call() throws IOException {
    var directory = data.network();
    var processes = directory.processes();
    var ended = new ArrayList<RunFile>();
    for (var name : names) {
      var file = processes.find(name);
      if (file.isEmpty()) {
        throw DataOption.unknown(directory, "process", name, directory.processes().names());
      }
      if (name.equals(LocalNetwork.LAUNCHER)) {
        throw new IOException("the launcher is `./constellation up` itself");
      }
      if (file.get().process().isPresent()) {
        throw new IOException(name + " runs already");
      }
      ended.add(file.get());
    }
    // What the others need comes first; they would wait for it, but not for ever.
    ended.sort(Comparator.comparingInt(file -> LocalNetwork.startRank(file.name())));
    for (var file : ended) {
      if (file.name().equals(LocalNetwork.DATABASE)) {
        LocalNetwork.startDatabase(directory, processes, file.port());
        System.out.println(file.name() + " started");
      } else {
        processes.start(thisBuild ? fromHere(directory, file) : asBefore(file), file.port());
        System.out.println(file.name() + " starting");
      }
    }
    System.out.println("`./constellation status%s` shows how they are".formatted(data.repeated()));
    return 0;
  }

  private static ChildCommand asBefore(RunFile file) {
    return new ChildCommand(file.name(), file.command(), file.environment());
  }

  private static ChildCommand fromHere(DataDirectory directory, RunFile file) throws IOException {
    return LocalNetwork.commandOf(
        Installation.in(DataOption.home()),
        directory,
        directory.shape().orElseThrow(),
        file.name());
  }
}
