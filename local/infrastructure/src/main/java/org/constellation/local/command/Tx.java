package org.constellation.local.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.constellation.local.client.ClientFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a transaction. */
@Command(
    name = "tx",
    description = "Shows a transaction, or follows it to its end.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class Tx implements Callable<Integer> {

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "ID", description = "The transaction's id.")
  private String id = "";

  @Option(names = "--watch", description = "Follow it until nothing changes any more.")
  private boolean watch;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var files = new ClientFiles(data.network());
    var wanted = TransactionId.read(id);
    try (var network = files.network()) {
      if (watch) {
        return TransactionWatch.untilEnd(network, wanted);
      }
      System.out.println(network.transaction(wanted).toPrettyString());
      return 0;
    }
  }
}
