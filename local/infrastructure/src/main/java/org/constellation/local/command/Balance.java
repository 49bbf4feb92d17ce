package org.constellation.local.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.constellation.local.client.ClientFiles;
import org.constellation.protocol.chain.AssetId;
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
    var wanted = StarName.read(files.wallets(), star, data);
    try (var network = files.network()) {
      show(network.star(wanted), System.out);
    }
    return 0;
  }

  /**
   * @param star as the network answers about it
   */
  static void show(JsonNode star, PrintStream out) {
    var balances = star.path("balances");
    if (balances.isEmpty()) {
      line(out, "0", AssetId.NO0S_SYMBOL, "", "");
    }
    lines(out, balances, "");
    lines(out, star.path("holds"), "on hold");
  }

  private static void lines(PrintStream out, JsonNode amounts, String remark) {
    for (var one : amounts) {
      var asset = one.path("asset").asString();
      var symbol = one.path("symbol").asString("");
      line(out, one.path("amount").asString(), symbol, remark, asset.equals(symbol) ? "" : asset);
    }
  }

  private static void line(
      PrintStream out, String amount, String symbol, String remark, String asset) {
    out.println("%20s  %-10s %-7s %s".formatted(amount, symbol, remark, asset).stripTrailing());
  }
}
