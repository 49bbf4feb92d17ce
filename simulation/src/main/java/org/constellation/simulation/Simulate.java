package org.constellation.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.constellation.consensus.Roster;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * The main class of this module: runs seeds and prints one line of JSON for each. Exit code 1 if an
 * invariant did not hold, 2 for arguments that make no sense, 3 if a run could not be made.
 */
@Command(name = "simulate")
@SuppressWarnings("FieldCanBeFinal") // picocli sets the fields
public final class Simulate implements Callable<Integer> {

  private static final int COULD_NOT_RUN = 3;
  private static final String SEEDS = "--seeds";
  private static final String SCENARIO = "--scenario";
  private static final String ROUNDS = "--rounds";
  private static final String MEMBERS = "--members";
  private static final String FIDELITY = "--fidelity";
  private static final String TRACE = "--trace";

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--seed", description = "The first seed.")
  private long seed = 1;

  @Option(names = SEEDS, description = "How many seeds, one after the other.")
  private long seeds = 1;

  @Option(names = SCENARIO, description = "Drawn from the seed unless given.")
  private @Nullable Scenario scenario;

  @Option(names = ROUNDS, description = "Every layer has so many rounds at least.")
  private int rounds = Options.ROUNDS;

  @Option(names = MEMBERS, description = "Of every committee; drawn from the seed unless given.")
  private @Nullable Integer members;

  @Option(names = FIDELITY, description = "How much of the production code runs.")
  private Fidelity fidelity = Fidelity.FULL;

  @Option(names = TRACE, description = "Where every event of the one seed is written.")
  private @Nullable Path trace;

  private Simulate() {}

  /** See the class. */
  public static void main(String[] arguments) {
    System.exit(command().execute(arguments));
  }

  /** What reads the arguments and does what they say. */
  static CommandLine command() {
    return new CommandLine(new Simulate())
        .setParameterExceptionHandler(Simulate::refuse)
        .setExitCodeExceptionMapper(_ -> COULD_NOT_RUN)
        .registerConverter(Scenario.class, slug -> named(slug, Scenario.of(slug), Scenario.slugs()))
        .registerConverter(
            Fidelity.class, slug -> named(slug, Fidelity.of(slug), Fidelity.slugs()));
  }

  private static int refuse(ParameterException refusal, String... arguments) {
    refusal.getCommandLine().getErr().println(refusal.getMessage());
    return ExitCode.USAGE;
  }

  private static <T> T named(String slug, Optional<T> one, List<String> slugs) {
    return one.orElseThrow(
        () -> new TypeConversionException("'" + slug + "' is none of " + String.join(", ", slugs)));
  }

  @Override
  public Integer call() throws IOException {
    require(seeds >= 1, SEEDS + " is at least 1");
    require(
        rounds >= 1 && rounds <= Options.ROUNDS_MAX,
        ROUNDS + " is from 1 to " + Options.ROUNDS_MAX);
    require(
        members == null || (members >= Options.MEMBERS_MIN && members <= Roster.MEMBERS_MAX),
        MEMBERS + " is from " + Options.MEMBERS_MIN + " to " + Roster.MEMBERS_MAX);
    require(trace == null || seeds == 1, TRACE + " is of one seed, not of " + seeds);
    require(
        trace == null || isFileToBe(trace),
        TRACE + " is a file in a directory that is there, not " + trace);
    require(
        seed <= Long.MAX_VALUE - (seeds - 1),
        SEEDS + " is at most " + (Long.MAX_VALUE - seed + 1) + " from seed " + seed + " on");
    require(trace == null || canBeWritten(trace), TRACE + " cannot be written to " + trace);
    // Standard output is the answer, whatever a library thinks.
    return run(new PrintStream(System.out, true, StandardCharsets.UTF_8)) ? 0 : 1;
  }

  private void require(boolean makesSense, String refusal) {
    if (!makesSense) {
      throw new ParameterException(Objects.requireNonNull(spec).commandLine(), refusal);
    }
  }

  private static boolean isFileToBe(Path file) {
    var directory = file.toAbsolutePath().getParent();
    return directory != null && Files.isDirectory(directory) && !Files.isDirectory(file);
  }

  /** Before a run that takes minutes, and before anything is printed about it. */
  private static boolean canBeWritten(Path file) {
    try {
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean run(PrintStream out) throws IOException {
    var good = true;
    for (var count = 0L; count < seeds; count++) {
      var each = seed + count;
      var options = Options.draw(wish(each));
      System.err.println("seed " + each + ": " + options);
      var result = run(options);
      out.println(result.toJson());
      if (!result.isGood()) {
        good = false;
        result.violations().forEach(System.err::println);
        result.cause().ifPresent(cause -> cause.printStackTrace(System.err));
        System.err.println("again: " + replay(result));
      }
    }
    return good;
  }

  private Options.Wish wish(long one) {
    return new Options.Wish(one, scenario, rounds, fidelity, members == null ? 0 : members);
  }

  private Result run(Options options) throws IOException {
    if (trace == null) {
      return Run.of(options, null);
    }
    try (var lines = new PrintWriter(Files.newBufferedWriter(trace))) {
      var result = Run.of(options, lines::println);
      if (lines.checkError()) {
        throw new IOException("not all of the trace could be written to " + trace);
      }
      return result;
    }
  }

  private String replay(Result result) {
    var command =
        new StringBuilder("./constellation simulate --seed ").append(result.options().seed());
    if (scenario != null) {
      command.append(' ').append(SCENARIO).append(' ').append(scenario.slug());
    }
    if (rounds != Options.ROUNDS) {
      command.append(' ').append(ROUNDS).append(' ').append(rounds);
    }
    if (members != null) {
      command.append(' ').append(MEMBERS).append(' ').append(members);
    }
    if (fidelity != Fidelity.FULL) {
      command.append(' ').append(FIDELITY).append(' ').append(fidelity.slug());
    }
    return command.append(" " + TRACE + " FILE").toString();
  }
}
