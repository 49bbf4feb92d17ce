package org.constellation.system;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * One query of a dashboard.
 *
 * @param dashboard the name of its file
 * @param panel the panel's title
 * @param reference which of the panel's queries it is
 * @param unit of what it answers, as Grafana names units
 * @param legend what a series is called, with labels in braces
 * @param expression for Prometheus, but for the variables that Grafana fills in
 */
record PanelQuery(
    String dashboard,
    String panel,
    String reference,
    String unit,
    String legend,
    String expression) {

  private static final JsonMapper JSON = new JsonMapper();

  /** All queries of all dashboards. */
  static List<PanelQuery> all(Platform platform) throws IOException {
    var queries = new ArrayList<PanelQuery>();
    try (var files = Files.list(platform.built("monitoring/grafana/dashboards"))) {
      for (var file : files.sorted().toList()) {
        for (var panel : JSON.readTree(Files.readString(file)).path("panels")) {
          for (var target : panel.path("targets")) {
            queries.add(
                new PanelQuery(
                    String.valueOf(file.getFileName()),
                    panel.path("title").asString(),
                    target.path("refId").asString(),
                    panel.path("fieldConfig").path("defaults").path("unit").asString(),
                    target.path("legendFormat").asString(),
                    target.path("expr").asString()));
          }
        }
      }
    }
    return queries;
  }

  /** What Prometheus is asked, with rates over a time. */
  String over(Duration rates) {
    return expression.replace("$__rate_interval", rates.toSeconds() + "s");
  }

  /** The legend of a series. */
  String named(Map<String, String> labels) {
    var name = legend;
    for (var label : labels.entrySet()) {
      name = name.replace("{{" + label.getKey() + "}}", label.getValue());
    }
    return name.replaceAll("\\{\\{\\w+}}", "").strip();
  }
}
