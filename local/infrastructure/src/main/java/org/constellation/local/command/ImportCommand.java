package org.constellation.local.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.constellation.local.client.ClientFiles;
import org.constellation.local.client.imports.AmountRule;
import org.constellation.local.client.imports.Import;
import org.constellation.local.client.imports.ImportRun;
import org.constellation.local.client.imports.Interactions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a file of interactions through the network. */
@Command(
    name = "import",
    description =
        "Sends the rows of a CSV file as payments between stars, one star for everybody in it."
            + " The same command again goes on where it was stopped: the same file, --from, --to,"
            + " --amount and --asset, under the same --again.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class ImportCommand implements Callable<Integer> {

  private static final String REASON = "  %-24s %d%n";

  @Mixin private final DataOption data = new DataOption();

  @Parameters(paramLabel = "FILE", description = "With a header line.")
  private Path file = Path.of("");

  @Option(names = "--from", required = true, paramLabel = "COLUMN", description = "Who pays.")
  private String from = "";

  @Option(names = "--to", required = true, paramLabel = "COLUMN", description = "Who is paid.")
  private String to = "";

  @Option(
      names = "--amount",
      required = true,
      paramLabel = "EXPR",
      description = "COLUMN, abs(COLUMN), either of them *NUMBER, or NUMBER; in minor units.")
  private String amount = "";

  @Option(
      names = "--asset",
      paramLabel = "A",
      defaultValue = "no0s",
      description = "An asset's id, or the symbol of a new one (default: ${DEFAULT-VALUE}).")
  private String asset = "no0s";

  @Option(
      names = "--issuer",
      paramLabel = "STAR",
      defaultValue = "treasury",
      description = "Funds the payers (default: ${DEFAULT-VALUE}).")
  private String issuer = "treasury";

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description =
          "Send in this column's order: numbers, or texts that sort as ISO 8601 does. Changes"
              + " nothing else, so a stopped import goes on with or without it.")
  private @Nullable String time;

  @Option(
      names = "--again",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Import the same file once more under this name.")
  private String repetition = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    var columns = new Interactions.Columns(from, to, AmountRule.parse(amount), time);
    var report =
        new Import(file, columns, asset, issuer, repetition)
            .run(new ClientFiles(data.network()), System.out);
    show(report, System.out);
    return report.rows().rejectedCount() + report.rows().unknownCount() == 0 ? 0 : 1;
  }

  static void show(ImportRun.Report report, PrintStream out) {
    var rows = report.rows();
    out.println("asset     " + report.asset());
    out.printf(
        Locale.ROOT,
        "sent      %d%s%n",
        rows.acceptedCount(),
        report.resumed() == 0 ? "" : ", of which " + report.resumed() + " in an earlier run");
    out.printf("final     %d%n", rows.finalCount());
    out.printf("rejected  %d%n", rows.rejectedCount());
    rows.rejectedByReason().forEach((reason, count) -> out.printf(REASON, reason, count));
    if (rows.unknownCount() > 0) {
      out.printf("unknown   %d; the same command again asks for them anew%n", rows.unknownCount());
      rows.unknownByReason().forEach((reason, count) -> out.printf(REASON, reason, count));
    }
    out.printf(
        Locale.ROOT,
        "rate      %.0f tx/s sent now and final over %.1f s%n",
        report.finalPerSecond(),
        report.seconds());
    if (rows.timedCount() > 0) {
      out.println("latency   " + rows.latencies());
    }
  }
}
