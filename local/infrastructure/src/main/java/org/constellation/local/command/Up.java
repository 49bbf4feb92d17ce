package org.constellation.local.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.constellation.local.client.ClientFiles;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.InfrastructureLog;
import org.constellation.local.network.Installation;
import org.constellation.local.network.LocalNetwork;
import org.constellation.local.network.Progress;
import org.constellation.local.network.Shape;
import org.constellation.local.network.StartFailed;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a network and stays until it is told to stop. */
@Command(
    name = "up",
    description = "Starts a network, or goes on with the one in --data. Ctrl-C stops it.",
    mixinStandardHelpOptions = true)
final class Up implements Callable<Integer> {

  private static final int MEMBERS = 4;
  private static final int GATEWAY_PORT = 8080;
  private static final long START_END_SECONDS = 60;

  @Mixin private final DataOption data = new DataOption();

  @Option(names = "--fresh", description = "Delete what --data holds first.")
  private boolean fresh;

  @Option(names = "--facilitators", paramLabel = "N", description = "Cluster members (new: 4).")
  private @Nullable Integer facilitators;

  @Option(names = "--galaxies", paramLabel = "N", description = "Galaxy members (new: 4).")
  private @Nullable Integer galaxies;

  @Option(names = "--processes", description = "Every service and member a process of its own.")
  private boolean processes;

  @Option(
      names = "--port",
      description = "Where to listen, if it is free (default: ${DEFAULT-VALUE}).")
  private int port = GATEWAY_PORT;

  private final CountDownLatch started = new CountDownLatch(1);

  @Override
  public Integer call() throws IOException, StartFailed {
    var directory = data.directory();
    try (var _ = directory.lock()) {
      run(directory);
    } catch (InterruptedException e) {
      // The exit has begun: stopAtExit does the rest.
    }
    return 0;
  }

  private void run(DataDirectory directory) throws IOException, StartFailed, InterruptedException {
    var progress = elapsed();
    var installation = Installation.in(DataOption.home());
    LocalNetwork.stopLeftovers(
        directory, event -> progress.tell("left from an earlier run: " + event));
    var settled = directory.shape();
    requireJoined(directory, settled);
    if (fresh) {
      directory.clear();
      settled = directory.shape();
    }
    var shape =
        new Shape(
            facilitators != null ? facilitators : settled.map(Shape::facilitators).orElse(MEMBERS),
            galaxies != null ? galaxies : settled.map(Shape::galaxies).orElse(MEMBERS),
            processes,
            settled.map(Shape::home).orElse(null));
    directory.claim(shape);
    InfrastructureLog.into(directory.processes().log(LocalNetwork.LAUNCHER));

    var network = new LocalNetwork(installation, directory, shape, port, progress);
    stopAtExit(network, progress);
    try {
      network.start();
    } finally {
      started.countDown();
    }
    welcome(network, new ClientFiles(directory).hasTreasury());
    network.watch();
  }

  private void requireJoined(DataDirectory directory, Optional<Shape> settled) throws IOException {
    for (var home : settled.flatMap(Shape::ofOrganisation).stream().toList()) {
      if (fresh) {
        throw new IOException(
            "--fresh would delete the keys of %s, of which there are no others; nothing was deleted"
                .formatted(home.organisation()));
      }
      if (!Files.exists(directory.genesis())) {
        throw new IOException(
            "%s has joined no network yet: `./constellation member join GENESIS SHARES%s`"
                .formatted(home.organisation(), data.repeated()));
      }
    }
  }

  // Ctrl-C, `down` and a failed start all end here, also in the middle of starting.
  private void stopAtExit(LocalNetwork network, Progress progress) {
    var starter = Thread.currentThread();
    Runnable stop =
        () -> {
          try {
            starter.interrupt();
            if (!started.await(START_END_SECONDS, TimeUnit.SECONDS)) {
              progress.tell("a part is still starting; stopping what runs");
            }
            network.stop();
            progress.tell("stopped; what was accepted is kept for the next `up`");
          } catch (IOException | InterruptedException e) {
            progress.tell("not everything could be stopped: " + e.getMessage());
          }
        };
    Runtime.getRuntime().addShutdownHook(new Thread(stop, "stop-network"));
  }

  private Progress elapsed() {
    var begin = System.nanoTime();
    return event -> {
      var seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds, event);
      System.out.flush();
    };
  }

  private void welcome(LocalNetwork network, boolean treasury) {
    System.out.printf("%nThe network is up: %s%n%n", network.address());
    var same = data.repeated();
    System.out.println("In another terminal:");
    System.out.println("  ./constellation star new --name alice" + same);
    if (treasury) {
      System.out.println("  ./constellation pay treasury alice 100" + same);
    }
    System.out.println("  ./constellation balance alice" + same);
    System.out.println();
    System.out.println("verify ID checks a payment's proof offline; status, logs NAME and down");
    System.out.println("look after the network.");
    System.out.println();
    System.out.flush();
  }
}
