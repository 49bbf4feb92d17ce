package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** A real Prometheus that asks a platform's services for their metrics, until it is closed. */
final class Prometheus implements AutoCloseable {

  private static final String PROGRAM = "prometheus";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Api api;

  private Prometheus(Process process, Api api) {
    this.process = process;
    this.api = api;
  }

  static boolean isInstalled() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(place -> Files.isExecutable(Path.of(place, PROGRAM)));
  }

  /** Watches all of {@code platform}; returns once every target answers. */
  static Prometheus of(Platform platform, Path directory) throws IOException {
    var configuration = Files.createDirectories(directory).resolve("prometheus.yml");
    Files.writeString(
        configuration,
        """
        global: {scrape_interval: 2s, evaluation_interval: 2s}
        rule_files: ["%s"]
        scrape_configs:
          - job_name: constellation
            metrics_path: /actuator/prometheus
            file_sd_configs: [{files: ["%s"]}]
        """
            .formatted(
                platform.built("monitoring/prometheus/rules.yml"),
                platform.data().resolve("prometheus.json")));
    var port = freePort();
    var process =
        new ProcessBuilder(
                PROGRAM,
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + directory.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prometheus.log").toFile())
            .start();
    var prometheus = new Prometheus(process, new Api("http://127.0.0.1:" + port));
    try {
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(AssertionError.class)
          .until(() -> prometheus.answers("count(up) > 0 and count(up) == sum(up)"));
      return prometheus;
    } catch (RuntimeException | Error e) {
      prometheus.close();
      throw new AssertionError(Files.readString(directory.resolve("prometheus.log")), e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Whether a query has a result that is not empty, and is a number. */
  boolean answers(String query) {
    for (var sample : get("query?query=" + encoded(query)).path("result")) {
      if (!sample.path("value").path(1).asString("NaN").equals("NaN")) {
        return true;
      }
    }
    return false;
  }

  /**
   * What a query answered over a time, by the labels of each series.
   *
   * @return for each series its values by their times, without those that are no number
   */
  Map<Map<String, String>, SortedMap<Instant, Double>> history(
      String query, Instant from, Instant to, Duration step) {
    var range =
        "query_range?query=%s&start=%s&end=%s&step=%d"
            .formatted(encoded(query), from, to, step.toSeconds());
    var history = new LinkedHashMap<Map<String, String>, SortedMap<Instant, Double>>();
    for (var series : get(range).path("result")) {
      var labels = new TreeMap<String, String>();
      series.path("metric").forEachEntry((name, value) -> labels.put(name, value.asString()));
      var values = new TreeMap<Instant, Double>();
      for (var sample : series.path("values")) {
        var value = Double.parseDouble(sample.path(1).asString().replace("Inf", "Infinity"));
        if (Double.isFinite(value)) {
          values.put(Instant.ofEpochMilli(Math.round(sample.path(0).asDouble() * 1_000)), value);
        }
      }
      history.put(labels, values);
    }
    return history;
  }

  /** The names of all metrics that it has ever got. */
  Set<String> metrics() {
    var names = new TreeSet<String>();
    get("label/__name__/values").forEach(name -> names.add(name.asString()));
    return names;
  }

  /** The expressions of all alerts, by their names. */
  Map<String, String> alerts() {
    var alerts = new TreeMap<String, String>();
    for (var group : get("rules").path("groups")) {
      for (var rule : group.path("rules")) {
        assertThat(rule.path("lastError").asString("")).isEmpty();
        alerts.put(rule.path("name").asString(), rule.path("query").asString());
      }
    }
    return alerts;
  }

  /** Which alerts fire. */
  List<String> firing() {
    var firing = new ArrayList<String>();
    for (var alert : get("alerts").path("alerts")) {
      if (alert.path("state").asString().equals("firing")) {
        firing.add(alert.path("labels").path("alertname").asString());
      }
    }
    return firing;
  }

  private JsonNode get(String path) {
    return api.get("/api/v1/" + path).expect(200).path("data");
  }

  private static String encoded(String query) {
    return URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    api.close();
  }
}
