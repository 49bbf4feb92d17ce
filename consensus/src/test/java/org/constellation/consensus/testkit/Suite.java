package org.constellation.consensus.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.LongStream;

/**
 * Many seeds of one kind of run. A seed that fails is run once more with its trace kept, and the
 * failure says how it is replayed: {@code -Dconstellation.sim.replay=SUITE:SEED} runs that seed
 * alone, whatever its outcome, and leaves its trace in {@code target/traces}. All other suites then
 * run nothing.
 */
public final class Suite {

  /** The system property that names one seed of one suite. */
  public static final String REPLAY = "constellation.sim.replay";

  /** Of so many seeds, one uses the production coin and, where anything is signed, Ed25519. */
  public static final int REAL_EVERY = 16;

  private static final int LAST_EVENTS = 25;
  private static final int FAILURES_MAX = 5;

  private final String name;
  private final Scenario scenario;
  private final Optional<Long> replayed;
  private final boolean isReplay;

  /** Runs one seed; throws an {@link AssertionError} when anything that must hold does not. */
  @FunctionalInterface
  public interface Scenario {
    Ran run(long seed, Trace trace);
  }

  /** What signatures a run was made of. */
  public enum Signatures {
    NONE,
    MAC,
    ED25519
  }

  /**
   * One run.
   *
   * @param size members of its committees, of the largest if there are several
   * @param rounds that all correct members finished
   */
  public record Ran(int size, long rounds, boolean realCoins, Signatures signatures) {}

  /** A suite that {@link #REPLAY} may narrow to one seed. */
  public Suite(String name, Scenario scenario) {
    this(name, scenario, System.getProperty(REPLAY, ""));
  }

  Suite(String name, Scenario scenario, String replay) {
    this.name = name;
    this.scenario = scenario;
    this.isReplay = !replay.isEmpty();
    this.replayed =
        replay.startsWith(name + ":")
            ? Optional.of(Long.valueOf(replay.substring(name.length() + 1)))
            : Optional.empty();
  }

  /** Whether a seed of the suite uses what production uses. */
  public static boolean isReal(long seed) {
    return seed % REAL_EVERY == 0;
  }

  /** Runs so many seeds, or the one that is to be replayed, and prints a line about them. */
  public Report run(long first, long count) {
    var seeds =
        isReplay
            ? replayed.stream().toList()
            : LongStream.range(first, first + count).boxed().toList();
    var ran = new ConcurrentSkipListMap<Long, Ran>();
    var failed = new ConcurrentSkipListMap<Long, Throwable>();
    seeds.stream()
        .parallel()
        .filter(_ -> failed.size() < FAILURES_MAX)
        .forEach(
            seed -> {
              try {
                ran.put(seed, scenario.run(seed, isReplay ? kept(seed) : Trace.none()));
              } catch (AssertionError | RuntimeException failure) {
                failed.put(seed, failure);
              }
            });
    if (!failed.isEmpty()) {
      throw failure(failed);
    }
    var report = new Report(name, !isReplay, ran);
    System.out.println(report);
    return report;
  }

  /** What happens when a seed runs, line by line. */
  public List<String> trace(long seed) {
    var trace = Trace.kept();
    try {
      scenario.run(seed, trace);
    } catch (AssertionError | RuntimeException failure) {
      trace.add(0, "failed", failure);
    }
    return trace.lines();
  }

  private Trace kept(long seed) {
    write(seed, trace(seed));
    return Trace.none();
  }

  private AssertionError failure(NavigableMap<Long, Throwable> failed) {
    var seed = failed.firstKey();
    var lines = trace(seed);
    var file = write(seed, lines);
    var last = lines.subList(Math.max(0, lines.size() - LAST_EVENTS), lines.size());
    return new AssertionError(
        "%s: seeds %s fail; replay the first with -D%s=%s:%d (trace: %s), which ended with%n%s"
            .formatted(
                name,
                failed.keySet(),
                REPLAY,
                name,
                seed,
                file,
                String.join(System.lineSeparator(), last)),
        failed.firstEntry().getValue());
  }

  private Path write(long seed, List<String> lines) {
    var file = Path.of("target", "traces", name + "-" + seed + ".txt");
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a suite ran.
   *
   * @param isWhole whether no replay narrowed it down
   * @param runs by seed
   */
  public record Report(String name, boolean isWhole, NavigableMap<Long, Ran> runs) {

    /** How many of the runs tossed the production coin. */
    public long realCoins() {
      return runs.values().stream().filter(Ran::realCoins).count();
    }

    /** How many of the runs were signed in one way. */
    public long signedWith(Signatures signatures) {
      return runs.values().stream().filter(run -> run.signatures() == signatures).count();
    }

    /** The sizes that ran, and how often. */
    public NavigableMap<Integer, Integer> sizes() {
      var sizes = new TreeMap<Integer, Integer>();
      runs.values().forEach(run -> sizes.merge(run.size(), 1, Integer::sum));
      return sizes;
    }

    /** The fewest rounds that a seed had. */
    public long roundsMin() {
      return runs.values().stream().mapToLong(Ran::rounds).min().orElse(0);
    }

    /**
     * Production coins in at least one seed of twenty, and production signatures in as many unless
     * nothing is signed at all.
     */
    public boolean isRealEnough() {
      var signed = runs.size() - signedWith(Signatures.NONE);
      return realCoins() * 20 >= runs.size() && signedWith(Signatures.ED25519) * 20 >= signed;
    }

    @Override
    public String toString() {
      return "SIM %s: %d seeds, %d rounds, members %s; coins: %d P-256, %d keyed hashes; %s"
          .formatted(
              name,
              runs.size(),
              runs.values().stream().mapToLong(Ran::rounds).sum(),
              sizes(),
              realCoins(),
              runs.size() - realCoins(),
              signedWith(Signatures.NONE) == runs.size()
                  ? "nothing is signed"
                  : "signatures: %d Ed25519, %d MAC"
                      .formatted(signedWith(Signatures.ED25519), signedWith(Signatures.MAC)));
    }
  }
}
