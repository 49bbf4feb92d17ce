package org.constellation.local.command;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.constellation.local.client.ClientFiles;
import org.constellation.local.client.Network;
import org.constellation.local.client.Wallets.Wallet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What concerns stars themselves. */
@Command(
    name = "star",
    description = "Opens stars and lists those of this user.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {StarCommand.New.class, StarCommand.ListAll.class})
final class StarCommand {

  private static final Duration LOOK = Duration.ofMillis(100);
  private static final int LOOKS_MAX = 600;

  private StarCommand() {}

  /** Opens one. */
  @Command(
      name = "new",
      description = "Opens a star whose key the network's star-service keeps.",
      mixinStandardHelpOptions = true)
  static final class New implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Option(names = "--name", description = "How this user calls it (default: star-N).")
    private @Nullable String name;

    @Override
    public Integer call() throws IOException, InterruptedException {
      var files = new ClientFiles(data.network());
      var wallets = files.wallets();
      var called = name == null ? "star-" + (wallets.all().size() + 1) : name;
      if (wallets.find(called).isPresent()) {
        throw new IOException("there is a star " + called + " already");
      }
      try (var network = files.network()) {
        var opened = network.openStar();
        // Kept before it is waited for: the token is shown only once.
        wallets.add(List.of(new Wallet(called, opened.star(), opened.token())));
        System.out.println(called + "  " + opened.star());
        awaitHome(network, opened.star());
      }
      return 0;
    }

    private static void awaitHome(Network network, String star)
        throws IOException, InterruptedException {
      for (var look = 0; look < LOOKS_MAX; look++) {
        var home = network.home(star);
        if (home.isPresent()) {
          System.out.println("at home in cluster " + home.get());
          return;
        }
        Thread.sleep(LOOK);
      }
      throw new IOException(
          "the galaxy has not given it a home yet; it will, see: constellation status");
    }
  }

  /** Lists them. */
  @Command(
      name = "list",
      description = "Lists the stars of this user.",
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {

    @Mixin private final DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException {
      for (var wallet : new ClientFiles(data.network()).wallets().all()) {
        System.out.printf("%-16s %s%n", wallet.name(), wallet.star());
      }
      return 0;
    }
  }
}
