package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Payments at a steady rate for a long time, while one process after another is killed, drawn from
 * all but the launcher whose layer is well, and started again: no layer ever misses more than one
 * member. System properties, each {@code constellation.soak.NAME}: {@code minutes}, {@code rate} in
 * payments per second, {@code seed} of the draw.
 */
@Tag("system")
class SoakSystemTest {

  private static final int MINUTES = Integer.getInteger("constellation.soak.minutes", 3);
  private static final int RATE = Integer.getInteger("constellation.soak.rate", 100);
  private static final long SEED = Long.getLong("constellation.soak.seed", 1);

  private static final Duration BETWEEN_KILLS = Duration.ofMinutes(1);

  /** Without a kill at the end, so that the load's own wait for what is open is long enough. */
  private static final Duration CALM_END = Duration.ofMinutes(1);

  /** Of what payments came to be, after the load. */
  private static final Duration LOAD_PATIENCE = Duration.ofMinutes(15);

  private static final Pattern COUNTS =
      Pattern.compile("of them +(\\d+) final, (\\d+) rejected, (\\d+) without an end");
  private static final Pattern OFFERED = Pattern.compile("offered .*\\((\\d+)\\)");

  /** How often memory and disk are looked at, after the first time. */
  private static final int LOOKS = 4;

  @TempDir private Path directory;

  @Test
  void everyPaymentEndsWhileProcessesDieAndReturn() throws Exception {
    try (var platform = Platform.up(directory.resolve("data"), "--processes")) {
      var histories = Histories.ofAll(platform);
      var screen = directory.resolve("load");
      var load =
          platform.start(
              screen,
              "bench",
              "--insist",
              "--rate=" + RATE,
              "--seconds=" + Duration.ofMinutes(MINUTES).toSeconds());
      var usages = new ArrayList<Map<String, Long>>();
      try {
        killInTurn(platform, histories, screen, load, usages);
        await().atMost(LOAD_PATIENCE).until(() -> !load.isAlive());
      } finally {
        load.destroyForcibly();
      }
      var said = Files.readString(screen);
      System.out.println(said);
      assertThat(load.exitValue()).as(said + platform.lastWords()).isZero();
      requireAllEnded(said);
      // Not before: a machine that could not keep up has its processes start beside what is left.
      platform.awaitAllWell();
      histories.requireOne();
      System.out.println(histories);
      usages.add(usage(platform));
      show(usages);
      requireOneLedger(platform);
    }
  }

  private static void killInTurn(
      Platform platform,
      Histories histories,
      Path screen,
      Process load,
      List<Map<String, Long>> usages)
      throws IOException, SQLException {
    await()
        .atMost(LOAD_PATIENCE)
        .until(() -> !load.isAlive() || Files.readString(screen).contains("load "));
    var random = new Random(SEED);
    var begun = System.nanoTime();
    var end = begun + Duration.ofMinutes(MINUTES).minus(CALM_END).toNanos();
    System.out.printf("%d minutes, %d payments a second, seed %d%n", MINUTES, RATE, SEED);
    usages.add(usage(platform));
    while (System.nanoTime() - end < 0 && load.isAlive()) {
      var next = System.nanoTime() + BETWEEN_KILLS.toNanos();
      if (System.nanoTime() - begun
          > usages.size() * Duration.ofMinutes(MINUTES).toNanos() / LOOKS) {
        usages.add(usage(platform));
      }
      var unwell = platform.unwell();
      if (unwell.isEmpty()) {
        histories.requireOne();
      }
      var whole = wholeLayers(platform.processes(), unwell);
      if (whole.isEmpty()) {
        System.out.println("nobody to kill while these are not well: " + unwell);
      } else {
        var victim = whole.get(random.nextInt(whole.size()));
        System.out.println("kill " + victim + (unwell.isEmpty() ? "" : ", beside " + unwell));
        platform.run("kill", victim).expectSuccess();
        platform.run("start", victim).expectSuccess();
      }
      await().atMost(BETWEEN_KILLS.plus(BETWEEN_KILLS)).until(() -> System.nanoTime() - next >= 0);
    }
  }

  /** Of the layers that miss nobody, every process. */
  private static List<String> wholeLayers(List<String> processes, Set<String> unwell) {
    var broken = unwell.stream().map(SoakSystemTest::layer).collect(Collectors.toSet());
    return processes.stream().filter(name -> !broken.contains(layer(name))).toList();
  }

  /** {@code galaxy} of {@code galaxy-3}; of what is there once, its name. */
  private static String layer(String process) {
    return process.replaceFirst("-\\d+$", "");
  }

  private static void requireAllEnded(String said) {
    var counts = COUNTS.matcher(said);
    var offered = OFFERED.matcher(said);
    assertThat(counts.find() && offered.find()).as(said).isTrue();
    assertThat(Integer.parseInt(counts.group(3))).as(said).isZero();
    assertThat(Integer.parseInt(counts.group(1)) + Integer.parseInt(counts.group(2)))
        .as(said)
        .isEqualTo(Integer.parseInt(offered.group(1)))
        .isPositive();
  }

  private static void requireOneLedger(Platform platform) throws IOException, SQLException {
    Ledger.requireConservation(platform);
    try (var database = platform.database();
        var statement = database.createStatement()) {
      try (var rows =
          statement.executeQuery(
              "select count(*), max(gap) from (select time_millis - lag(time_millis)"
                  + " over (order by height) as gap from block) as gaps")) {
        assertThat(rows.next()).isTrue();
        System.out.printf(
            "%d blocks, longest gap between two %.1f s%n",
            rows.getLong(1), rows.getLong(2) / 1_000.0);
      }
    }
    try (var api = new Api(platform.address())) {
      assertThat(api.get("/api/evidence").expect(200).path("items")).isEmpty();
    }
  }

  /**
   * MiB that each process has in memory, those that live in it after a collection, and each part of
   * the network on disk.
   */
  private static Map<String, Long> usage(Platform platform) throws IOException {
    var usage = new TreeMap<String, Long>();
    for (var name : platform.processes()) {
      usage.put(name, platform.residentMebibytes(name));
      platform.liveMebibytes(name).ifPresent(live -> usage.put(name + ", live", live));
    }
    platform.diskMebibytes().forEach((part, size) -> usage.put("disk: " + part, size));
    return usage;
  }

  private static void show(List<Map<String, Long>> usages) {
    System.out.println("MiB at the beginning, in between, and at the end");
    usages
        .getLast()
        .keySet()
        .forEach(
            what ->
                System.out.printf(
                    "  %-28s%s%n",
                    what,
                    usages.stream()
                        .map(usage -> "%6d".formatted(usage.getOrDefault(what, 0L)))
                        .collect(Collectors.joining())));
  }
}
