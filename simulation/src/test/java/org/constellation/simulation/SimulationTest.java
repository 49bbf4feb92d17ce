package org.constellation.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.constellation.consensus.testkit.Patches;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.envelope.Vote;
import org.constellation.simulation.crypto.Crypto;
import org.constellation.star.writer.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole networks from seeds. One alone: {@code ./constellation simulate --seed S}. */
class SimulationTest {

  private static final long FIRST = 1;
  private static final int SEEDS = Integer.getInteger("constellation.sim.seeds", 200);

  /** Every run says so many times what it is about. */
  private static final int SHARE_PERCENT = 1;

  /** Of each scenario's seeds, those that ran out of time before enough had settled. */
  private static final int IDLE_PERCENT_MAX = 10;

  /** What cannot become of anything while galaxy and stars run as they do. */
  private static final Set<Outcome> NOT_HERE =
      EnumSet.of(
          // No galaxy member takes a checkpoint or a proposal with a signature that is none.
          Outcome.BAD_SIGNATURE,
          // Of a star without a home members put nothing but its join into a block.
          Outcome.UNKNOWN_STAR,
          // Takes 4,096 candidates in one block.
          Outcome.POOL_BUSY);

  /**
   * What a network does beside that, when things go wrong. Journals are cut by whole files, of
   * which a short run fills none: one more is begun whenever a disk has failed. Nobody tosses a
   * second coin in one agreement: after the first, which one may call random, correct members think
   * the same, and one of the next two coins, which are known, ends it; what a schedule can do that
   * knows the first coin is in {@code consensus}, {@code BinaryAgreementSimulationTest}.
   */
  private static final List<String> TRANSITIONS =
      List.of(
          "agreement repeated",
          "answer to a question",
          "answer with BLOCK",
          "answer with BODY",
          "answer with PAYLOAD",
          "certificate of garbage",
          "certificate shown",
          "checkpoint of captors final",
          "checkpoint handed up",
          "double vote seen by one",
          "evidence of a double vote",
          "evidence of a fork",
          "evidence of two headers",
          "fork seen by a keeper",
          "galaxy block handed out",
          "journal cut",
          "mark for an old fork",
          "member goes on after a full disk",
          "member silent for an old journal",
          "member silent without a journal",
          "message of garbage",
          "order repeated",
          "payload",
          "proposal left out",
          "pull of BLOCK",
          "pull of BODY",
          "pull of PAYLOAD",
          "question after a start",
          "request refused: CATCHING_UP",
          "request refused: COUNTERPARTY_WITHOUT_HOME",
          "request refused: OVERLOADED",
          "request refused: PROPOSAL_EXPIRED",
          "request refused: SAME_STAR",
          "request refused: STAR_WITHOUT_HOME",
          "request refused: TOO_MANY_OPEN",
          "request refused: TRANSACTION_ENDED",
          "request refused: UNKNOWN_TRANSACTION",
          "second conviction of a star",
          "start after a snapshot of blackhole-ledger",
          "start after a snapshot of cluster-consensus-service",
          "start after a snapshot of galaxy-service",
          "start after a snapshot of star-service",
          "start after another's snapshot",
          "verdict FORK",
          "verdict NOT_NEXT",
          "verdict WRONG_HOME",
          "verdict WRONG_KEY",
          "verdict WRONG_NETWORK",
          "vote AUX again",
          "vote BVAL again");

  /** Each in at least one seed of a hundred. */
  private static List<String> transitions() {
    var all = new ArrayList<>(TRANSITIONS);
    EnumSet.complementOf(EnumSet.copyOf(NOT_HERE))
        .forEach(outcome -> all.add("receipt " + outcome));
    EnumSet.allOf(Vote.Kind.class).forEach(kind -> all.add("vote " + kind));
    EnumSet.allOf(Command.Act.class).forEach(act -> all.add("request " + act));
    return all;
  }

  @Test
  void everySeedKeepsEveryInvariant() {
    var results = new ArrayList<Result>();
    var begun = System.nanoTime();
    for (var result : runAll()) {
      var seed = result.options().seed();
      assertThat(result.violations()).as("seed %s: %s", seed, result.toJson()).isEmpty();
      assertThat(result.roundsMin()).as("seed %s", seed).isGreaterThanOrEqualTo(Options.ROUNDS);
      assertThat(result.proposed()).as("seed %s", seed).isGreaterThanOrEqualTo(200);
      results.add(result);
    }
    System.out.printf(
        "SIM in %d s: %s%n", (System.nanoTime() - begun) / 1_000_000_000, summary(results));
    assertThat(results.stream().filter(one -> one.options().crypto() == Crypto.REAL).count() * 20)
        .isGreaterThanOrEqualTo(SEEDS);
    for (var scenario : Scenario.values()) {
      assertThat(idlePercent(results, scenario))
          .as("%s: seeds in which next to nothing settles while things go wrong", scenario)
          .isLessThanOrEqualTo(IDLE_PERCENT_MAX);
    }
    assertThat(rare(results)).as("hardly ever or never").isEmpty();
  }

  private static double idlePercent(List<Result> results, Scenario scenario) {
    return results.stream()
        .filter(one -> one.options().scenario() == scenario)
        .mapToInt(one -> one.settledInTrouble() < Options.SETTLED_IN_TROUBLE ? 100 : 0)
        .average()
        .orElseThrow();
  }

  /** One seed knows nothing of another, so each processor takes the next. */
  private static List<Result> runAll() {
    try (var pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      return LongStream.range(FIRST, FIRST + SEEDS)
          .mapToObj(seed -> CompletableFuture.supplyAsync(() -> run(seed), pool))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .toList();
    }
  }

  /** What occurs in too few of the seeds. */
  private static List<String> rare(List<Result> results) {
    var seeds = seedsByKind(results);
    var rare = new ArrayList<String>();
    for (var fault : EnumSet.allOf(Fault.class)) {
      addIfRare(fault.name(), seeds, rare, results.size());
    }
    for (var transition : transitions()) {
      addIfRare(transition, seeds, rare, results.size());
    }
    return rare;
  }

  private static void addIfRare(
      String kind, Map<String, Integer> seeds, List<String> rare, int all) {
    var in = seeds.getOrDefault(kind, 0);
    if (in * 100 < all * SHARE_PERCENT || in == 0) {
      rare.add(kind + " in " + in + " of " + all);
    }
  }

  private static Map<String, Integer> seedsByKind(List<Result> results) {
    var seeds = new TreeMap<String, Integer>();
    for (var result : results) {
      var kinds = new TreeSet<>(result.transitions().keySet());
      result.faults().keySet().forEach(fault -> kinds.add(fault.name()));
      kinds.forEach(kind -> seeds.merge(kind, 1, Integer::sum));
    }
    return seeds;
  }

  private static String summary(List<Result> results) {
    var faults = new TreeMap<Fault, Long>();
    results.forEach(
        result -> result.faults().forEach((kind, count) -> faults.merge(kind, count, Long::sum)));
    return "SIM full: %d seeds, %d events, %d deliveries, %d transactions settled; seeds by kind %s; faults %s"
        .formatted(
            results.size(),
            results.stream().mapToLong(Result::events).sum(),
            results.stream().mapToLong(Result::deliveries).sum(),
            results.stream().mapToLong(Result::settled).sum(),
            seedsByKind(results),
            faults);
  }

  private static Result run(long seed) {
    return Run.of(Options.draw(Options.Wish.of(seed, null)), null);
  }

  @ParameterizedTest
  @EnumSource
  void theSameSeedGivesTheSameTrace(Scenario scenario) {
    assertSameTrace(Options.Wish.of(5, scenario));
  }

  /** Signatures and coins of production toss nothing that the seed does not. */
  @Test
  void theSameSeedGivesTheSameTraceWithRealCrypto() {
    var wish = Options.Wish.of(Options.REAL_EVERY, null);
    assertThat(Options.draw(wish).crypto()).isEqualTo(Crypto.REAL);
    assertSameTrace(wish);
  }

  @Test
  void theSameSeedGivesTheSameTraceWithoutAgreement() {
    assertSameTrace(new Options.Wish(5, Scenario.HOSTILE, Options.ROUNDS, Fidelity.DECIDED, 0));
  }

  private static void assertSameTrace(Options.Wish wish) {
    var once = trace(wish);
    assertThat(once).hasSizeGreaterThan(1_000);
    assertThat(trace(wish)).isEqualTo(once);
  }

  private static List<String> trace(Options.Wish wish) {
    var lines = new ArrayList<String>();
    var result = Run.of(Options.draw(wish), lines::add);
    lines.add(result.toJson());
    return lines;
  }

  @Test
  void namingTheScenarioThatIsDrawnChangesNothing() {
    var drawn = Options.draw(Options.Wish.of(7, null));
    assertThat(Options.draw(Options.Wish.of(7, drawn.scenario()))).isEqualTo(drawn);
  }

  @Test
  void anotherMachineGetsTheSameTrace(@TempDir Path directory)
      throws IOException, InterruptedException {
    assertThat(elsewhere(3, Scenario.DISK, directory.resolve("trace")))
        .isEqualTo(trace(Options.Wish.of(3, Scenario.DISK)));
  }

  /** In a JVM with hash seeds of its own. */
  private static List<String> elsewhere(long seed, Scenario scenario, Path trace)
      throws IOException, InterruptedException {
    var process =
        ChildProcess.simulate(
            Patches.classPath(),
            "--seed",
            Long.toString(seed),
            "--scenario",
            scenario.slug(),
            "--trace",
            trace.toString());
    var line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    var lines = new ArrayList<>(Files.readAllLines(trace));
    lines.add(line.strip());
    return lines;
  }
}
