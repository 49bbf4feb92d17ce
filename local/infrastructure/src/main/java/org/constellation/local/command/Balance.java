package org.constellation.local.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.constellation.local.client.ClientFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows what a star has. */
@Command(
    name = "balance",
    description = "Shows a star's balances as of the newest galaxy block, and what it has on hold.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class Balance implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "STAR", description = "A name of this user's, or any star1….")
  private String star = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    var files = new ClientFiles(data.network());
    try (var network = files.network()) {
      var answer = network.star(files.wallets().star(star));
      show(answer.path("balances"), "");
      show(answer.path("holds"), "on hold");
    }
    return 0;
  }

  private static void show(JsonNode amounts, String remark) {
    for (var one : amounts) {
      var asset = one.path("asset").asString();
      var symbol = one.path("symbol").asString("");
      System.out.printf(
          "%20s  %-10s %-7s %s%n",
          one.path("amount").asString(), symbol, remark, asset.equals(symbol) ? "" : asset);
    }
  }
}
