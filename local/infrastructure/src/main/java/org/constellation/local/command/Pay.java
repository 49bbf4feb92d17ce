package org.constellation.local.command;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.constellation.local.client.ClientFiles;
import org.constellation.local.client.Network;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Pays, and waits until it is final. */
@Command(
    name = "pay",
    description = "Pays from one of this user's stars, and waits until the payment is final.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class Pay implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  @Parameters(index = "0", paramLabel = "FROM", description = "One of this user's stars.")
  private String from = "";

  @Parameters(index = "1", paramLabel = "TO", description = "A name of this user's, or any star1….")
  private String to = "";

  @Parameters(index = "2", paramLabel = "AMOUNT", description = "In the asset's minor units.")
  private long amount;

  @Parameters(
      index = "3",
      paramLabel = "ASSET",
      arity = "0..1",
      defaultValue = "no0s",
      description =
          "An asset's id, or the symbol of one that FROM has (default: ${DEFAULT-VALUE}).")
  private String asset = "no0s";

  @Option(names = "--memo", defaultValue = "", description = "Words for the receiver.")
  private String memo = "";

  @Option(names = "--no-wait", description = "Return as soon as the payment cannot be lost.")
  private boolean noWait;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var files = new ClientFiles(data.network());
    var wallets = files.wallets();
    var payer =
        wallets
            .find(from)
            .orElseThrow(
                () ->
                    new IOException(
                        "this user has no star %s; `./constellation star list%s` shows those he has"
                            .formatted(from, data.repeated())));
    var payee = StarName.read(wallets, to, data);
    try (var network = files.network()) {
      var id = HeldAsset.named(asset, network.star(payer.star()));
      var payment = new Network.Payment(payer.star(), payee, id, amount, memo, 0);
      var accepted = network.pay(payment, payer.token(), UUID.randomUUID().toString());
      System.out.println(accepted.id());
      return noWait ? 0 : TransactionWatch.untilEnd(network, accepted.id());
    }
  }
}
