package org.constellation.local.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.constellation.local.process.RunFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Ends one process the hard way, to see what the others do. */
@Command(
    name = "kill",
    description = "Ends one process at once (kill -9). `status` lists the names.",
    mixinStandardHelpOptions = true)
final class Kill implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  private String name = "";

  @Parameters(paramLabel = "NAME", description = "For instance database, or facilitator-2.")
  void named(String process) {
    name = process;
  }

  @Override
  public Integer call() throws IOException {
    var process = data.directory().processes().find(name).flatMap(RunFile::process);
    if (process.isEmpty()) {
      throw new IOException("no process " + name + " of its own runs here; see `status`");
    }
    process.get().destroyForcibly();
    process.get().onExit().join();
    System.out.println(name + " killed");
    return 0;
  }
}
