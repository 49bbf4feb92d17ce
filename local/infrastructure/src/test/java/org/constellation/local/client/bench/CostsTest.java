package org.constellation.local.client.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.Shape;
import org.constellation.local.process.ChildCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CostsTest {

  private static final String TWO_MEMBERS =
      """
      # TYPE constellation_signature_checks_seconds summary
      constellation_signature_checks_seconds_count{member="galaxy-1"} 12
      constellation_signature_checks_seconds_sum{member="galaxy-1"} 6.0E-4
      constellation_signature_checks_seconds_count{member="galaxy-2"} 1500
      constellation_signature_checks_seconds_sum{member="galaxy-2"} 0.06
      # TYPE constellation_signature_checks_seconds_max gauge
      constellation_signature_checks_seconds_max{member="galaxy-1"} 9.0
      constellation_round_signature_checks_count{member="galaxy-2"} 7
      """;

  private static final Shape SHAPE = new Shape(4, 4, false);

  @TempDir private Path directory;

  @Test
  void addsUpTheChecksOfAllMembers() {
    var checks = SignatureChecks.of(TWO_MEMBERS);

    assertThat(checks.count()).isEqualTo(1_512);
    assertThat(Math.round(checks.nanos())).isEqualTo(60_600_000);
  }

  @Test
  void tellsNothingOfChecksThatAServerLostByBeginningAnew() {
    var before = new SignatureChecks(100, 4_000);

    assertThat(new SignatureChecks(150, 6_000).since(before))
        .isEqualTo(new SignatureChecks(50, 2_000));
    assertThat(new SignatureChecks(80, 3_000).since(before)).isEqualTo(SignatureChecks.UNKNOWN);
    assertThat(new SignatureChecks(80, 3_000).since(SignatureChecks.UNKNOWN).count()).isNaN();
  }

  @Test
  void countsAProcessThatBeganAnewSinceItBegan() {
    var first = ProcessHandle.current();
    var second = first.parent().orElseThrow();
    var before =
        new Costs.Reading(
            new ProcessorTime(
                Map.of(
                    "galaxy-1", used(first, 10), "galaxy-2", used(first, 5), "x", used(first, 1))),
            Map.of("galaxy-1", new SignatureChecks(10, 1), "galaxy-2", new SignatureChecks(5, 2)));
    var after =
        new Costs.Reading(
            new ProcessorTime(Map.of("galaxy-1", used(second, 3), "galaxy-2", used(first, 7))),
            Map.of("galaxy-1", new SignatureChecks(30, 4), "galaxy-2", new SignatureChecks(9, 3)));

    var costs = after.since(before);

    assertThat(costs.processorTime())
        .isEqualTo(
            new ProcessorTime.Used(
                Map.of("galaxy-1", Duration.ofSeconds(3), "galaxy-2", Duration.ofSeconds(2)),
                Set.of("galaxy-1"),
                Set.of("x")));
    assertThat(costs.checks())
        .containsEntry("galaxy-1", new SignatureChecks(30, 4))
        .containsEntry("galaxy-2", new SignatureChecks(4, 1));
  }

  /** The database's workers come and go; what one took away is not taken off the others. */
  @Test
  void countsWorkersOneByOne() {
    var master = ProcessHandle.current();
    var worker = master.parent().orElseThrow();
    var before =
        new ProcessorTime(
            Map.of(
                "database",
                new ProcessorTime.Running(
                    master, Map.of(master, Duration.ofSeconds(1), worker, Duration.ofSeconds(9)))));
    var after = new ProcessorTime(Map.of("database", used(master, 4)));

    assertThat(after.since(before))
        .isEqualTo(
            new ProcessorTime.Used(Map.of("database", Duration.ofSeconds(3)), Set.of(), Set.of()));
  }

  private static ProcessorTime.Running used(ProcessHandle handle, int seconds) {
    return new ProcessorTime.Running(handle, Map.of(handle, Duration.ofSeconds(seconds)));
  }

  @Test
  void asksEveryServerAndSaysWhichOneDoesNotAnswer() throws Exception {
    var data = new DataDirectory(directory);
    data.claim(SHAPE);
    data.processes()
        .record(ProcessHandle.current(), 0, new ChildCommand("services", List.of(), Map.of()));
    var server = server();
    server.createContext(
        "/actuator/prometheus",
        exchange -> {
          var body = TWO_MEMBERS.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    var other = server();
    try {
      endpoints(server.getAddress().getPort(), other.getAddress().getPort());
      var costs = Costs.Reading.now(data);

      var began = new Costs.Reading(new ProcessorTime(Map.of()), Map.of());
      assertThat(costs.processorTime().byName()).containsOnlyKeys("services", ProcessorTime.LOADER);
      assertThat(costs.since(began).processorTime().byProcess().get("services")).isPositive();
      assertThat(costs.checks()).containsOnlyKeys(SHAPE.servers());
      assertThat(costs.checks())
          .containsEntry("galaxy-service", SignatureChecks.of(TWO_MEMBERS))
          .containsEntry("blackhole-ledger", SignatureChecks.UNKNOWN)
          .containsEntry("star-service", SignatureChecks.UNKNOWN);
    } finally {
      server.stop(0);
      other.stop(0);
    }
  }

  private static HttpServer server() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    return server;
  }

  /** There is no star-service, and something else where the blackhole-ledger was. */
  private void endpoints(int port, int other) throws IOException {
    var ports =
        SHAPE.servers().stream()
            .filter(name -> !name.equals("star-service"))
            .map(
                name ->
                    "\""
                        + Shape.management(name)
                        + "\":"
                        + (name.equals("blackhole-ledger") ? other : port))
            .collect(Collectors.joining(",", "{", "}"));
    Files.writeString(directory.resolve("endpoints.json"), ports);
  }
}
