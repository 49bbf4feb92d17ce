package org.constellation.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What {@code monitoring} and {@code docs/runbooks} hold. */
final class Watch {

  static final Path MONITORING = Path.of("..", "monitoring").toAbsolutePath().normalize();
  static final Path RULES = MONITORING.resolve("prometheus/rules.yml");
  private static final Path HISTORIES = MONITORING.resolve("prometheus/tests");
  private static final Path DASHBOARDS = MONITORING.resolve("grafana/dashboards");
  private static final Path METRICS = MONITORING.resolve("prometheus/metrics.txt");
  private static final Path RUNBOOKS = Path.of("..", "docs", "runbooks");

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonMapper JSON = new JsonMapper();

  /** What stands in a query beside names: matchers, texts, groupings, durations. */
  private static final Pattern NO_NAMES =
      Pattern.compile(
          "\\{[^}]*}|\"[^\"]*\"|\\[[^]]*]"
              + "|\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)"
              + "|\\boffset\\s+\\S+|\\b(?:or|and|unless|bool)\\b");

  private static final Pattern NAME = Pattern.compile("\\b[a-zA-Z_:][a-zA-Z0-9_:]*\\b(?!\\s*\\()");

  /** An alert of the rules. */
  record Alert(
      String name,
      String expression,
      String severity,
      String summary,
      String description,
      String runbook) {}

  /**
   * A made history.
   *
   * @param firing alerts that fire at its end
   */
  record History(String name, Set<String> series, List<String> firing) {}

  /** A panel of a dashboard. */
  record Panel(
      String dashboard,
      String title,
      String unit,
      String description,
      String datasource,
      List<String> queries) {}

  private Watch() {}

  static List<Alert> alerts() {
    return children(YAML.readTree(read(RULES)).path("groups"))
        .flatMap(group -> children(group.path("rules")))
        .map(
            rule ->
                new Alert(
                    rule.path("alert").asString(""),
                    rule.path("expr").asString(""),
                    rule.path("labels").path("severity").asString(""),
                    rule.path("annotations").path("summary").asString(""),
                    rule.path("annotations").path("description").asString(""),
                    rule.path("annotations").path("runbook_url").asString("")))
        .toList();
  }

  static List<Path> historyFiles() {
    return list(HISTORIES);
  }

  static List<History> histories() {
    return historyFiles().stream()
        .flatMap(file -> children(YAML.readTree(read(file)).path("tests")))
        .map(Watch::history)
        .toList();
  }

  private static History history(JsonNode test) {
    var series =
        children(test.path("input_series"))
            .flatMap(one -> names(one.path("series").asString("")).stream())
            .collect(Collectors.toSet());
    var firing =
        children(test.path("promql_expr_test"))
            .flatMap(asked -> children(asked.path("exp_samples")))
            .map(sample -> sample.path("labels").asString(""))
            .toList();
    return new History(test.path("name").asString(""), series, firing);
  }

  static List<Panel> panels() {
    return list(DASHBOARDS).stream()
        .flatMap(
            file -> {
              var dashboard = JSON.readTree(read(file));
              return children(dashboard.path("panels"))
                  .map(panel -> panel(String.valueOf(file.getFileName()), panel));
            })
        .toList();
  }

  private static Panel panel(String file, JsonNode panel) {
    return new Panel(
        file,
        panel.path("title").asString(""),
        panel.path("fieldConfig").path("defaults").path("unit").asString(""),
        panel.path("description").asString(""),
        panel.path("datasource").path("uid").asString(""),
        children(panel.path("targets")).map(one -> one.path("expr").asString("")).toList());
  }

  static List<String> dashboardIds() {
    return list(DASHBOARDS).stream()
        .map(file -> JSON.readTree(read(file)).path("uid").asString(""))
        .toList();
  }

  static String provisionedDatasource() {
    var file = MONITORING.resolve("grafana/provisioning/datasources/prometheus.yaml");
    return YAML.readTree(read(file)).path("datasources").path(0).path("uid").asString("");
  }

  /** The pages of the runbooks, by their names without ending. */
  static Set<String> runbooks() {
    return list(RUNBOOKS).stream()
        .map(file -> String.valueOf(file.getFileName()).replace(".md", ""))
        .filter(name -> !name.equals("README"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static String runbook(String name) {
    return read(RUNBOOKS.resolve(name + ".md"));
  }

  /** The names of all metrics that a running network showed. */
  static Set<String> shownMetrics() {
    return read(METRICS).lines().filter(line -> !line.startsWith("#")).collect(Collectors.toSet());
  }

  /** The metrics that a query asks for. */
  static Set<String> names(String query) {
    return NAME.matcher(NO_NAMES.matcher(query).replaceAll(" "))
        .results()
        .map(found -> found.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> list(Path directory) {
    try (var files = Files.list(directory)) {
      var sorted = files.sorted().toList();
      assertThat(sorted).as(directory.toString()).isNotEmpty();
      return sorted;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<JsonNode> children(JsonNode parent) {
    return StreamSupport.stream(parent.spliterator(), false);
  }
}
