package org.constellation.local.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.constellation.local.network.LocalNetwork;
import org.constellation.local.process.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops a network from another terminal, or what a crash left of one. */
@Command(
    name = "down",
    description = "Stops the network, also one whose `up` crashed.",
    mixinStandardHelpOptions = true)
final class Down implements Callable<Integer> {

  // Longer than the patience that `up` has with its own children.
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @Mixin private final DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException {
    var directory = data.network();
    var launcher = directory.processes().find(LocalNetwork.LAUNCHER);
    launcher.ifPresent(up -> RunDirectory.stop(List.of(up), PATIENCE));
    LocalNetwork.stopLeftovers(directory, event -> System.out.println("left over: " + event));
    directory.processes().forget(LocalNetwork.LAUNCHER);
    System.out.println("stopped");
    return 0;
  }
}
