package org.constellation.local.command;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.constellation.local.client.ClientFiles;
import org.constellation.local.client.bench.Bench;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures a running network. */
@Command(
    name = "bench",
    description =
        "Loads the network with payments and tells how many become final, how long that takes"
            + " and what it costs. Latency counts from when a payment was due.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class BenchCommand implements Callable<Integer> {

  private static final int RATE_MAX = 100_000;
  private static final int SECONDS_MAX = 86_400;

  @Mixin private final DataOption data = new DataOption();

  @Option(
      names = "--rate",
      defaultValue = "100",
      description = "Payments per second, 0 for as many as it takes (default: ${DEFAULT-VALUE}).")
  private int rate = 100;

  @Option(
      names = "--open",
      defaultValue = "2000",
      description = "With --rate 0, payments open at once (default: ${DEFAULT-VALUE}).")
  private int open = 2_000;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "That are measured (default: ${DEFAULT-VALUE}).")
  private int seconds = 20;

  @Option(
      names = "--warm-up",
      defaultValue = "5",
      description = "Seconds of load before that (default: ${DEFAULT-VALUE}).")
  private int warmUp = 5;

  @Option(
      names = "--senders",
      defaultValue = "100",
      description =
          "Stars that pay in turn; with --fresh-senders and --rate 0 each pays once"
              + " (default: ${DEFAULT-VALUE}).")
  private int senders = 100;

  @Option(names = "--fresh-senders", description = "Every payment comes from another star.")
  private boolean freshSenders;

  @Option(
      names = "--insist",
      description = "Sends a payment again that gets no answer, or is refused for now.")
  private boolean insist;

  @Spec private @Nullable CommandSpec spec;

  private void require(boolean condition, String rule) {
    if (!condition) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), rule);
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    require(rate >= 0 && rate <= RATE_MAX, "--rate is 0 to " + RATE_MAX);
    require(open > 0, "--open is at least 1");
    require(seconds > 0 && seconds <= SECONDS_MAX, "--seconds is 1 to " + SECONDS_MAX);
    require(warmUp >= 0 && warmUp <= SECONDS_MAX, "--warm-up is 0 to " + SECONDS_MAX);
    require(senders > 1, "--senders is at least 2: nobody pays himself");
    new Bench(rate, open, seconds, warmUp, senders, freshSenders, insist)
        .run(new ClientFiles(data.network()), System.out)
        .show(System.out);
    return 0;
  }
}
