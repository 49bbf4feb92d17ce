package org.constellation.local.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.constellation.local.network.SimulationProcess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs whole networks in virtual time; the work is done by a JVM with another class path. */
@Command(
    name = "simulate",
    description = {
      "Runs a whole network in virtual time, everything that goes wrong drawn from a seed.",
      "Prints the options that were drawn, then one line of JSON for each seed. Exit code 1 if an"
          + " invariant did not hold, 2 for arguments that make no sense, 3 if a run could not be"
          + " made."
    },
    mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {

  @Option(names = "--seed", paramLabel = "S", description = "The first seed.", defaultValue = "1")
  private long seed;

  @Option(
      names = "--seeds",
      paramLabel = "COUNT",
      description = "How many seeds, one after the other; at least 1.",
      defaultValue = "1")
  private long seeds;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      description =
          "calm, hostile, crash-storm, byzantine, captured-cluster, split-brain or disk; drawn from"
              + " the seed unless given.")
  private @Nullable String scenario;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Every layer has so many rounds at least; from 1 to 20000, 20 unless given.")
  private @Nullable Integer rounds;

  @Option(
      names = "--members",
      paramLabel = "N",
      description = "The size of every committee; drawn from the seed unless given.")
  private @Nullable Integer members;

  @Option(
      names = "--fidelity",
      paramLabel = "F",
      description =
          "full: all of the production code runs; or decided: rounds end without an agreement's"
              + " messages, for long and large runs.")
  private @Nullable String fidelity;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Every event of the seed, line by line; there is but one then.")
  private @Nullable Path trace;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var arguments = new ArrayList<String>();
    add(arguments, "--seed", seed);
    add(arguments, "--seeds", seeds);
    add(arguments, "--scenario", scenario);
    add(arguments, "--rounds", rounds);
    add(arguments, "--members", members);
    add(arguments, "--fidelity", fidelity);
    add(arguments, "--trace", trace == null ? null : trace.toAbsolutePath());
    return SimulationProcess.run(DataOption.home(), arguments);
  }

  private static void add(List<String> arguments, String name, @Nullable Object value) {
    if (value != null) {
      arguments.add(name);
      arguments.add(value.toString());
    }
  }
}
