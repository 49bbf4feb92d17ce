package org.constellation.local.command;

import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.HealthReport;
import org.constellation.local.network.LocalNetwork;
import org.constellation.local.network.Readiness;
import org.constellation.local.network.Shape;
import org.constellation.local.process.RunFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says which processes run and how the servers in them are. */
@Command(
    name = "status",
    description = "Shows every process and server; exit code 0 if all are well, 1 if not.",
    mixinStandardHelpOptions = true)
final class Status implements Callable<Integer> {

  private static final String LINE = "%-28s %-10s %s%n";

  @Mixin private final DataOption data = new DataOption();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var directory = data.network();
    var launcher = directory.processes().find(LocalNetwork.LAUNCHER).flatMap(RunFile::process);
    if (launcher.isEmpty() && directory.isClient()) {
      return showFrontDoor(directory);
    }
    if (launcher.isEmpty()) {
      System.out.printf(
          "the network in %s is not up; `./constellation up%s` starts it%n",
          directory.root(), data.repeated());
      showOrphans(directory);
      return 1;
    }
    var processesWell = showProcesses(directory);
    var serversWell = showServers(directory);
    return processesWell && serversWell ? 0 : 1;
  }

  /** All that can be seen of a network that runs in containers, or in a cluster. */
  private static int showFrontDoor(DataDirectory directory)
      throws IOException, InterruptedException {
    var port = directory.endpoints().getOrDefault("contract-gateway", 0);
    try (var readiness = new Readiness()) {
      var answers = readiness.answers(port);
      System.out.printf(
          "the front door at http://localhost:%d %s; the network of %s runs elsewhere, and"
              + " `docker-compose ps` or `kubectl get pods` shows its parts%n",
          port, answers ? "answers" : "does not answer", directory.root());
      return answers ? 0 : 1;
    }
  }

  /** Of a launcher that was killed. */
  private static void showOrphans(DataDirectory directory) throws IOException {
    if (directory.processes().all().stream().anyMatch(file -> file.process().isPresent())) {
      System.out.println("but processes of it still run, and `./constellation down` ends them:");
      showProcesses(directory);
    }
  }

  private static boolean showProcesses(DataDirectory directory) throws IOException {
    var well = true;
    for (var file : directory.processes().all()) {
      var process = file.process();
      var where = file.port() == 0 ? "" : "port " + file.port();
      var state = process.isPresent() ? "running" : "ended";
      var pid = process.map(handle -> "pid " + handle.pid() + " ").orElse("");
      System.out.printf(Locale.ROOT, LINE, file.name(), state, pid + where);
      well &= process.isPresent();
    }
    return well;
  }

  private static boolean showServers(DataDirectory directory)
      throws IOException, InterruptedException {
    var well = true;
    var shape = directory.shape();
    if (shape.isEmpty()) {
      return false;
    }
    var ports = directory.endpoints();
    System.out.println();
    if (!shape.get().processes()) {
      System.out.println("all in the process " + LocalNetwork.SERVICES + ":");
    }
    try (var readiness = new Readiness()) {
      for (var server : shape.get().servers()) {
        var port = ports.getOrDefault(server, 0);
        var management = ports.getOrDefault(Shape.management(server), 0);
        var answer = readiness.health(management);
        var report =
            shape.get().ofOrganisation().isPresent()
                ? HealthReport.ofPart(answer)
                : HealthReport.of(answer);
        System.out.printf(Locale.ROOT, LINE, server, report.status(), "http://localhost:" + port);
        report.members().forEach(member -> System.out.println("    " + member));
        report.reasons().forEach(reason -> System.out.println("    " + reason));
        well &= report.isUp();
      }
    }
    return well;
  }
}
