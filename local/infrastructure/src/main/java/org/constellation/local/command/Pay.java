package org.constellation.local.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.constellation.local.client.ClientFiles;
import org.constellation.local.client.Network;
import org.constellation.local.client.RequestRefused;
import org.constellation.local.client.load.Courier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description =
          "Under which the network knows this payment again: the same command with the same key"
              + " pays once (default: a new one each time).")
  private String key = UUID.randomUUID().toString();

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to ask again where no answer comes (default: ${DEFAULT-VALUE}).")
  private int patience = 30;

  @Spec private @Nullable CommandSpec spec;

  private boolean told;

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
      var accepted = pay(network, payment, payer.token());
      System.out.println(accepted.id());
      return noWait ? 0 : TransactionWatch.untilEnd(network, accepted.id());
    }
  }

  /** What is asked again is asked under one key, so it is paid once. */
  private Network.Accepted pay(Network network, Network.Payment payment, String token)
      throws IOException, InterruptedException {
    var courier = Courier.forAtMost(Duration.ofSeconds(patience));
    try {
      return courier.untilAnswered(
          () -> {
            tell(courier.trouble());
            return network.pay(payment, token, key);
          });
    } catch (RequestRefused e) {
      throw e.isTemporary() ? notKnown(e) : e;
    } catch (IOException e) {
      throw notKnown(e);
    }
  }

  private void tell(String trouble) {
    if (!trouble.isEmpty() && !told) {
      told = true;
      error().println(trouble + "; asking again for up to " + patience + " s");
    }
  }

  private IOException notKnown(IOException last) {
    return new IOException(
        "whether this was paid is not known, the last answer was: "
            + (last.getMessage() == null ? last : last.getMessage())
            + System.lineSeparator()
            + "the same command with --key "
            + key
            + " asks again and pays no second time, within 7 days",
        last);
  }

  private PrintWriter error() {
    return Objects.requireNonNull(spec).commandLine().getErr();
  }
}
