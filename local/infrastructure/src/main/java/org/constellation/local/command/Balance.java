package org.constellation.local.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.constellation.local.client.ClientFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what a star has. */
@Command(
    name = "balance",
    description = "Shows a star's balances as of the newest galaxy block, and what it has on hold.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class Balance implements Callable<Integer> {

  private static final String LINE = "%20s  %-10s %s%n";

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "STAR", description = "A name of this user's, or any star1….")
  private String star = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    var files = new ClientFiles(data.network());
    try (var network = files.network()) {
      var answer = network.star(files.wallets().star(star));
      for (var balance : answer.path("balances")) {
        var asset = balance.path("asset").asString();
        var symbol = balance.path("symbol").asString("");
        System.out.printf(
            LINE, balance.path("amount").asString(), symbol, asset.equals(symbol) ? "" : asset);
      }
      for (var hold : answer.path("holds")) {
        System.out.printf(
            LINE,
            hold.path("amount").asString(),
            "on hold",
            hold.path("asset").asString() + "  for " + hold.path("transaction").asString());
      }
    }
    return 0;
  }
}
