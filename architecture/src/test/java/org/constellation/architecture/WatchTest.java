package org.constellation.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.constellation.architecture.Watch.Alert;
import org.constellation.architecture.Watch.Panel;
import org.junit.jupiter.api.Test;

/**
 * Alerts, their made histories, dashboards and runbooks fit each other and the metrics that there
 * are. That queries are answered by a running network is {@code WatchSystemTest}'s business.
 */
class WatchTest {

  /** Pages for what no alert can tell, or what is done on purpose. */
  private static final Set<String> SITUATIONS = Set.of("backup", "key-lost", "upgrade", "rollback");

  /** Made by Prometheus itself. */
  private static final Set<String> PROMETHEUS_OWN = Set.of("up", "ALERTS");

  /** Shown where there are certificates: the front door's {@code TlsTest} sees it. */
  private static final Set<String> SHOWN_WITH_TLS = Set.of("ssl_chain_expiry_seconds");

  private static final Pattern PAGE = Pattern.compile("docs/runbooks/([a-z-]+)\\.md");
  private static final Pattern METRIC =
      Pattern.compile("\\b(?:constellation|hikaricp|jvm|ssl)_[a-z_]+");

  @Test
  void everyAlertSaysWhatAPersonNeedsAndHasAPageOfItsOwn() {
    var pages = new HashSet<String>();
    assertThat(Watch.alerts())
        .hasSizeGreaterThan(15)
        .allSatisfy(
            alert -> {
              assertThat(alert.name()).matches("([A-Z][a-z]+)+");
              assertThat(alert.severity()).as(alert.name()).isIn("page", "ticket");
              assertThat(alert.summary()).as(alert.name()).isNotBlank();
              assertThat(alert.description()).as(alert.name()).endsWith(".");
              assertThat(page(alert)).as(alert.name()).isIn(Watch.runbooks());
              assertThat(pages.add(page(alert))).as(alert.runbook()).isTrue();
            });
  }

  @Test
  void everyPageIsThatOfAnAlertOrOfASituation() {
    var expected = new TreeSet<>(SITUATIONS);
    Watch.alerts().forEach(alert -> expected.add(page(alert)));
    assertThat(Watch.runbooks()).isEqualTo(expected);
    assertThat(Watch.runbooks())
        .allSatisfy(
            page ->
                assertThat(Watch.runbook(page))
                    .startsWith("# ")
                    .containsSubsequence(
                        "## What it means", "## What to look at", "## What to do"));
    var index = Watch.runbook("README");
    assertThat(Watch.runbooks()).allSatisfy(page -> assertThat(index).contains(page + ".md)"));
    assertThat(Watch.alerts()).allSatisfy(alert -> assertThat(index).contains(alert.name()));
  }

  private static String page(Alert alert) {
    var found = PAGE.matcher(alert.runbook());
    assertThat(found.matches()).as(alert.runbook()).isTrue();
    return found.group(1);
  }

  @Test
  void everyAlertHasAHistoryInWhichItFiresAndOneInWhichItDoesNot() {
    var histories = Watch.histories();
    for (var alert : Watch.alerts()) {
      var asked = Watch.names(alert.expression());
      var label = "{alertname=\"%s\", severity=\"%s\"}".formatted(alert.name(), alert.severity());
      assertThat(histories)
          .filteredOn(history -> history.name().startsWith(alert.name() + " fires while "))
          .as(alert.name() + " fires")
          .hasSize(1)
          .allSatisfy(history -> assertThat(history.firing()).containsExactly(label));
      assertThat(histories)
          .filteredOn(history -> history.name().startsWith(alert.name() + " is silent while "))
          .as(alert.name() + " is silent")
          .hasSize(1)
          .allSatisfy(
              history -> {
                assertThat(history.firing()).isEmpty();
                assertThat(history.series()).containsAll(asked);
              });
    }
    // Some have more than these two.
    assertThat(histories)
        .allMatch(
            history ->
                Watch.alerts().stream()
                    .anyMatch(
                        alert ->
                            history.firing().isEmpty()
                                ? history.name().startsWith(alert.name() + " is silent ")
                                : history.name().startsWith(alert.name() + " fires ")));
  }

  @Test
  void promtoolPlaysTheHistories() throws Exception {
    assumeTrue(
        isInstalled("promtool"),
        "promtool is not installed (Debian's package prometheus has it): histories are not played");
    run(List.of("promtool", "check", "rules", Watch.RULES.toString()));
    var command = new ArrayList<>(List.of("promtool", "test", "rules"));
    Watch.historyFiles().forEach(file -> command.add(file.toString()));
    run(command);
  }

  private static boolean isInstalled(String program) {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  @Test
  void everyPanelSaysWhatItShowsAndInWhichUnit() {
    assertThat(Watch.panels())
        .hasSizeGreaterThan(40)
        .allSatisfy(
            panel -> {
              var name = panel.dashboard() + ": " + panel.title();
              assertThat(panel.title()).as(name).isNotBlank();
              assertThat(panel.unit()).as(name).isNotBlank();
              assertThat(panel.description()).as(name).endsWith(".");
              assertThat(panel.datasource()).as(name).isEqualTo(Watch.provisionedDatasource());
              assertThat(panel.queries()).as(name).isNotEmpty().doesNotContain("");
            });
    assertThat(Watch.dashboardIds()).doesNotHaveDuplicates();
  }

  @Test
  void everyMetricThatIsAskedForIsOneThatARunningNetworkShowed() {
    var shown = Watch.shownMetrics();
    assertThat(Watch.alerts())
        .allSatisfy(alert -> requireShown(alert.name(), Watch.names(alert.expression()), shown));
    assertThat(Watch.panels()).allSatisfy(panel -> requireShown(panel, shown));
    for (var page : Watch.runbooks()) {
      var named = new TreeSet<String>();
      METRIC.matcher(Watch.runbook(page)).results().forEach(found -> named.add(found.group()));
      requireShown(page, named, shown);
    }
  }

  private static void requireShown(Panel panel, Set<String> shown) {
    panel.queries().forEach(query -> requireShown(panel.title(), Watch.names(query), shown));
  }

  private static void requireShown(String where, Set<String> names, Set<String> shown) {
    assertThat(names)
        .as(where)
        .allMatch(
            name ->
                PROMETHEUS_OWN.contains(name)
                    || SHOWN_WITH_TLS.contains(name)
                    || shown.contains(name));
  }

  @Test
  void namesInQueriesAreTold() {
    assertThat(
            Watch.names(
                """
                max by (committee) (label_replace(changes(height_of[2m]), "committee", "$1", "x", "y"))
                  > 1e3 or (faults_total unless faults_total offset 10m) / on (a) up{b="c_d"} == 0.5
                """))
        .containsExactlyInAnyOrder("height_of", "faults_total", "up");
  }
}
