package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Draws charts for the documentation, into {@code docs/charts}, from what a real Prometheus answers
 * about a network under a steady load, of which one and then two galaxy members are away for a
 * while. Only with {@code -Dconstellation.docs.write=true}; {@code WatchSystemTest} asks the same
 * queries always.
 */
@Tag("system")
class ChartsSystemTest {

  /** Titles of panels of the dashboard {@value #DASHBOARD}, and the names of their pictures. */
  private static final Map<String, String> CHARTS =
      Map.of(
          "Final transactions", "final-transactions",
          "From acceptance to final", "time-to-final",
          "Silent members", "silent-members",
          "Certified by each member", "certified");

  private static final String DASHBOARD = "network.json";
  private static final int RATE = 5;
  private static final Duration STAGE = Duration.ofSeconds(40);
  private static final Duration LOAD = STAGE.multipliedBy(8);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final Duration STEP = Duration.ofSeconds(2);
  private static final Duration RATES = Duration.ofSeconds(20);
  private static final String SETTLING =
      "sum(rate(constellation_receipts_total{code=\"SETTLED\"}[20s])) > 1";
  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*: (.+)$");
  private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal: +(\\d+) kB$");

  @TempDir private Path directory;

  @Test
  void drawsWhatPrometheusAnswersWhileMembersAreAway() throws Exception {
    assumeTrue(Boolean.getBoolean("constellation.docs.write"), "no charts are wanted");
    assumeTrue(Prometheus.isInstalled(), "prometheus is not installed (Debian's package)");
    try (var platform = Platform.up(directory.resolve("data"), "--processes");
        var prometheus = Prometheus.of(platform, directory.resolve("prometheus"))) {
      var load =
          platform.start(
              directory.resolve("load"),
              "bench",
              "--insist",
              "--warm-up=0",
              "--senders=20",
              "--rate=" + RATE,
              "--seconds=" + LOAD.toSeconds());
      try {
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    prometheus.answers("sum(constellation_receipts_total{code=\"SETTLED\"}) > 50"));
        var begin = Instant.now();
        var marks = takeAway(platform, prometheus);
        draw(platform, prometheus, begin, marks);
      } finally {
        load.destroyForcibly();
      }
    }
  }

  /** When who left and came. */
  private static List<Instant> takeAway(Platform platform, Prometheus prometheus)
      throws IOException {
    var marks = new ArrayList<Instant>();
    awaitStage();
    marks.add(Instant.now());
    platform.killAll(List.of("galaxy-4"));
    awaitStage();
    marks.add(Instant.now());
    platform.killAll(List.of("galaxy-3"));
    awaitStage();
    marks.add(Instant.now());
    platform.startAll(List.of("galaxy-3", "galaxy-4"));
    await().atMost(PATIENCE).until(() -> prometheus.answers(SETTLING));
    awaitStage();
    return marks;
  }

  /** A part of the charts; nothing is claimed about how long anything takes. */
  private static void awaitStage() {
    var end = System.nanoTime() + STAGE.toNanos();
    await().atMost(PATIENCE).until(() -> System.nanoTime() - end >= 0);
  }

  private static void draw(
      Platform platform, Prometheus prometheus, Instant begin, List<Instant> marks)
      throws IOException, InterruptedException {
    var end = Instant.now();
    var origin = origin(platform);
    var queries = PanelQuery.all(platform);
    for (var wanted : CHARTS.entrySet()) {
      var panel =
          queries.stream()
              .filter(query -> query.dashboard().equals(DASHBOARD))
              .filter(query -> query.panel().equals(wanted.getKey()))
              .toList();
      assertThat(panel).as(wanted.getKey()).isNotEmpty();
      var unit = panel.getFirst().unit().replace("suffix: ", "").replace("none", "");
      var chart =
          new Chart(wanted.getKey() + (unit.isEmpty() ? "" : " (" + unit + ")"), origin, begin);
      for (var query : panel) {
        chart.add(query, prometheus.history(query.over(RATES), begin, end, STEP), STEP);
      }
      chart.mark(marks);
      var file = platform.built("docs/charts").resolve(wanted.getValue() + ".png");
      Files.createDirectories(file.getParent());
      chart.save(file);
    }
  }

  private static String origin(Platform platform) throws IOException, InterruptedException {
    var processor = MODEL.matcher(Files.readString(Path.of("/proc/cpuinfo")));
    var memory = MEMORY.matcher(Files.readString(Path.of("/proc/meminfo")));
    assertThat(processor.find() && memory.find()).isTrue();
    return "%s, commit %s, %d payments/s, %d x %s, %d GiB"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            commit(platform),
            RATE,
            Runtime.getRuntime().availableProcessors(),
            processor.group(1),
            Math.round(Long.parseLong(memory.group(1)) / 1_048_576.0));
  }

  private static String commit(Platform platform) throws IOException, InterruptedException {
    var git =
        new ProcessBuilder("git", "describe", "--always", "--dirty", "--exclude=*")
            .directory(platform.built("").toFile())
            .start();
    var commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(git.waitFor()).isZero();
    return commit;
  }
}
