package org.constellation.local.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.constellation.local.network.Installation;
import org.constellation.local.network.OrganisationProcess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a genesis that several organisations start from. */
@Command(
    name = "assemble",
    description =
        "Makes a genesis file out of the cards of organisations, and a file with their members'"
            + " sealed shares of the coin of era 0. Both are public.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class GenesisAssemble implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "CARD", description = "Files that `member init` made.")
  private List<Path> cards = List.of();

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The genesis file.")
  private @Nullable Path out;

  @Option(
      names = "--shares",
      paramLabel = "FILE",
      description = "The sealed shares (default: shares.json beside the genesis file).")
  private @Nullable Path shares;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "constellation",
      description =
          "The network's, lower-case letters and digits; part of its topics' names"
              + " (default: ${DEFAULT-VALUE}).")
  private String name = "constellation";

  @Option(
      names = "--time",
      paramLabel = "INSTANT",
      description = "When ledger time starts, as 2026-01-31T12:00:00Z (default: now).")
  private @Nullable String time;

  @Option(
      names = "--parameter",
      paramLabel = "NAME=NUMBER",
      description =
          "One of tick-millis, ticks-per-block-max, validity-ticks-max, waiting-ticks-max,"
              + " open-holds-max, waiting-agreements-max, idle-round-millis,"
              + " checkpoints-ahead-max; `genesis --show` shows them.")
  private Map<Parameter, Long> parameters = new TreeMap<>();

  @Spec private @Nullable CommandSpec spec;

  /** What a network fixes in its genesis, by the names that users type. */
  enum Parameter {
    TICK_MILLIS,
    TICKS_PER_BLOCK_MAX,
    VALIDITY_TICKS_MAX,
    WAITING_TICKS_MAX,
    OPEN_HOLDS_MAX,
    WAITING_AGREEMENTS_MAX,
    IDLE_ROUND_MILLIS,
    CHECKPOINTS_AHEAD_MAX;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var genesis = Objects.requireNonNull(out).toAbsolutePath();
    var bundle = shares == null ? genesis.resolveSibling("shares.json") : shares.toAbsolutePath();
    var process =
        OrganisationProcess.assemble(Installation.in(DataOption.home()))
            .with("network", name)
            .with("out", genesis.toString())
            .with("shares", bundle.toString())
            .with(
                "cards",
                cards.stream()
                    .map(card -> card.toAbsolutePath().toString())
                    .collect(Collectors.joining(File.pathSeparator)));
    if (time != null) {
      process.with("time", time);
    }
    parameters.forEach(
        (parameter, number) -> process.with("parameters." + parameter, number.toString()));
    var line = Objects.requireNonNull(spec).commandLine();
    return process.run(line.getOut(), line.getErr());
  }
}
