package org.constellation.simulation;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.constellation.consensus.Roster;
import org.jspecify.annotations.Nullable;

/**
 * The main class of this module: runs seeds and prints one line of JSON for each.
 *
 * <p>Arguments: {@code --seed S} (the first one; 1 unless given), {@code --seeds COUNT}, {@code
 * --scenario NAME} (drawn from the seed unless given), {@code --rounds N}, {@code --members N} of
 * every committee (drawn unless given), {@code --fidelity full} or {@code decided}, {@code --trace
 * FILE}. Exit code 1 if an invariant did not hold, 2 for arguments that make no sense.
 */
public final class Simulate {

  private long seed = 1;
  private long seeds = 1;
  private @Nullable Scenario scenario;
  private int rounds = Options.ROUNDS;
  private int members;
  private Fidelity fidelity = Fidelity.FULL;
  private @Nullable Path trace;

  private Simulate() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    // Standard output is the answer, whatever a library thinks.
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var simulate = new Simulate();
    var wrong = simulate.read(List.of(arguments).iterator());
    if (wrong.isPresent()) {
      System.err.println(wrong.get());
      System.exit(2);
    }
    System.exit(simulate.run(out) ? 0 : 1);
  }

  /** Why these arguments make no sense, if they do not. */
  static Optional<String> refusal(String... arguments) {
    return new Simulate().read(List.of(arguments).iterator());
  }

  private Optional<String> read(Iterator<String> arguments) {
    try {
      while (arguments.hasNext()) {
        var name = arguments.next();
        if (!arguments.hasNext()) {
          return Optional.of("what after " + name + "?");
        }
        var value = arguments.next();
        switch (name) {
          case "--seed" -> seed = Long.parseLong(value);
          case "--seeds" -> {
            seeds = Long.parseLong(value);
            if (seeds < 1) {
              return Optional.of("--seeds is at least 1");
            }
          }
          case "--rounds" -> {
            rounds = Integer.parseInt(value);
            if (rounds < 1 || rounds > Options.ROUNDS_MAX) {
              return Optional.of("--rounds is from 1 to " + Options.ROUNDS_MAX);
            }
          }
          case "--trace" -> {
            trace = Path.of(value);
            var directory = trace.toAbsolutePath().getParent();
            if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(trace)) {
              return Optional.of("--trace is a file in a directory that is there, not " + value);
            }
          }
          case "--scenario" -> {
            var named = Scenario.of(value);
            if (named.isEmpty()) {
              return Optional.of("--scenario is one of " + Scenario.slugs());
            }
            scenario = named.get();
          }
          case "--fidelity" -> {
            var named = Fidelity.of(value);
            if (named.isEmpty()) {
              return Optional.of("--fidelity is one of " + Fidelity.slugs());
            }
            fidelity = named.get();
          }
          case "--members" -> {
            members = Integer.parseInt(value);
            if (members < Options.MEMBERS_MIN || members > Roster.MEMBERS_MAX) {
              return Optional.of(
                  "--members is from " + Options.MEMBERS_MIN + " to " + Roster.MEMBERS_MAX);
            }
          }
          default -> {
            return Optional.of("no option " + name);
          }
        }
      }
      return Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.of("not a number: " + e.getMessage());
    }
  }

  private boolean run(PrintStream out) throws IOException {
    var good = true;
    for (var count = 0L; count < seeds; count++) {
      var each = seed + count;
      var options = Options.draw(new Options.Wish(each, scenario, rounds, fidelity, members));
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

  private Result run(Options options) throws IOException {
    if (trace == null) {
      return Run.of(options, null);
    }
    try (var lines = new PrintWriter(Files.newBufferedWriter(trace))) {
      return Run.of(options, lines::println);
    }
  }

  private String replay(Result result) {
    var command =
        new StringBuilder("./constellation simulate --seed ").append(result.options().seed());
    if (scenario != null) {
      command.append(" --scenario ").append(scenario.slug());
    }
    if (rounds != Options.ROUNDS) {
      command.append(" --rounds ").append(rounds);
    }
    if (members > 0) {
      command.append(" --members ").append(members);
    }
    if (fidelity != Fidelity.FULL) {
      command.append(" --fidelity ").append(fidelity.slug());
    }
    return command.append(" --trace FILE").toString();
  }
}
