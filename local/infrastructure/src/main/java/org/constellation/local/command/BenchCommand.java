package org.constellation.local.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.constellation.local.client.ClientFiles;
import org.constellation.local.client.bench.Bench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a running network. */
@Command(
    name = "bench",
    description =
        "Loads the network with payments and tells how many become final, how long that takes"
            + " and what it costs. Latency counts from when a payment was due.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
final class BenchCommand implements Callable<Integer> {

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

  @Override
  public Integer call() throws IOException, InterruptedException {
    new Bench(rate, open, seconds, warmUp, senders, freshSenders, insist)
        .run(new ClientFiles(data.directory()), System.out)
        .show(System.out);
    return 0;
  }
}
