package org.constellation.local.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.constellation.local.network.LocalNetwork;
import org.constellation.local.process.ChildCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Starts a process that has ended, as it was started before. */
@Command(
    name = "start",
    description = "Starts one process of a running network again, as it was started before.",
    mixinStandardHelpOptions = true)
final class Start implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  private String name = "";

  @Parameters(paramLabel = "NAME", description = "The name that `status` shows.")
  void named(String process) {
    name = process;
  }

  @Override
  public Integer call() throws IOException {
    var directory = data.directory();
    var processes = directory.processes();
    var file = processes.find(name);
    if (file.isEmpty() || name.equals(LocalNetwork.LAUNCHER)) {
      throw new IOException("no process " + name + " can be started alone; see `status`");
    }
    if (file.get().process().isPresent()) {
      throw new IOException(name + " runs already");
    }
    if (name.equals(LocalNetwork.DATABASE)) {
      LocalNetwork.startDatabase(directory, processes, file.get().port());
    } else {
      var again = new ChildCommand(name, file.get().command(), file.get().environment());
      processes.start(again, file.get().port());
    }
    System.out.println(name + " started");
    return 0;
  }
}
