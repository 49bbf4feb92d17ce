package org.constellation.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/** The front door with its own configuration, before two stub services and two that are away. */
class ContractGatewayTest {

  private static final String ID = "ab".repeat(32);

  private static StubService stars;
  private static StubService ledger;
  private static ConfigurableApplicationContext gateway;
  private static HttpClient client;
  private static int port;
  private static int managementPort;

  @BeforeAll
  static void open() throws IOException {
    stars = new StubService("stars");
    ledger = new StubService("ledger");
    var door = new Door().told("--constellation.gateway.silence-max=1s");
    door.before("star-service", stars.address());
    door.before("blackhole-ledger", ledger.address());
    for (var away : List.of("galaxy-service", "cluster-consensus-service")) {
      door.before(away, nobody());
    }
    gateway = door.open();
    port = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    managementPort =
        gateway.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    client = HttpClient.newHttpClient();
  }

  /** An address where nobody listens. */
  private static String nobody() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  @AfterAll
  static void close() {
    client.close();
    gateway.close();
    stars.close();
    ledger.close();
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static HttpRequest.Builder toManagement(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"", "\"status\":" + status);
  }

  @ParameterizedTest
  @CsvSource({
    "/api/stars, stars",
    "/api/stars/star1abc/events, stars",
    "/api/transactions/abc, stars",
    "/api/transactions/abc/agree, stars",
    "/api/transactions/abc/proof, ledger",
    "/api/segments, stars",
    "/api/ledger/stars/star1abc, ledger",
    "/api/blocks?after=3&limit=2, ledger",
    "/api/assets, ledger",
    "/api/evidence, ledger",
    "/api/evidence/3-0/proof, ledger"
  })
  void knowsWhoAnswers(String path, String service) throws Exception {
    assertThat(send(to(path)).body()).isEqualTo(service);
    assertThat((service.equals("stars") ? stars : ledger).asked()).contains("GET " + path);
  }

  @Test
  void handsOnWhatTheCallerSaysAndWhatTheServiceAnswers() throws Exception {
    stars.on(
        "/api/transactions/prepare",
        exchange -> {
          var request = exchange.getRequestHeaders();
          exchange.getResponseHeaders().set("Location", "/api/transactions/" + ID);
          StubService.answer(
              exchange,
              409,
              "application/problem+json",
              request.getFirst("Authorization") + " " + request.getFirst("Idempotency-Key"));
        });

    var answer =
        send(
            to("/api/transactions/prepare")
                .header("Authorization", "Bearer t")
                .header("Idempotency-Key", "k")
                .POST(BodyPublishers.ofString("{}")));

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).isEqualTo("Bearer t k");
    assertThat(answer.headers().firstValue("Location")).contains("/api/transactions/" + ID);
  }

  @Test
  void saysWhichServiceIsAway() throws Exception {
    var answer = send(to("/api/galaxy"));

    assertProblem(answer, 503, "SERVICE_AWAY");
    assertThat(answer.body()).contains("galaxy-service");
  }

  @Test
  void doesNotWaitForEverForAServiceThatIsSilent() throws Exception {
    var asked = new CountDownLatch(1);
    stars.on(
        "/api/stars/silent",
        _ -> {
          try {
            asked.await(1, TimeUnit.MINUTES);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });

    assertProblem(send(to("/api/stars/silent")), 503, "SERVICE_SILENT");
    asked.countDown();
  }

  @Test
  void answersAnUnknownAddressInTheOneFormat() throws Exception {
    assertProblem(send(to("/api/nothing")), 404, "UNKNOWN_ADDRESS");
  }

  @Test
  void handsNoMethodOnThatNobodyKnows() throws Exception {
    var request = to("/api/stars").method("FOO", BodyPublishers.noBody());
    assertProblem(send(request), 405, "WRONG_METHOD");
  }

  @Test
  void saysWhenAddressOrHeadersAreTooLarge() throws Exception {
    var address = send(to("/api/stars/" + "a".repeat(9_000)));
    assertProblem(address, 414, "ADDRESS_TOO_LONG");
    assertThat(address.body()).contains("at most 8192 bytes");
    var headers = send(to("/api/stars").header("X", "a".repeat(9_000)));
    assertProblem(headers, 431, "HEADERS_TOO_LARGE");

    // Neither connection can be used again: a caller who was not told would lose its next request.
    assertThat(List.of(address, headers))
        .allMatch(answer -> answer.headers().allValues("Connection").contains("close"));
  }

  @Test
  void tellsMonitorsWhatItsMetricsMean() throws Exception {
    assertProblem(send(to("/api/nothing")), 404, "UNKNOWN_ADDRESS");

    assertThat(send(toManagement("/actuator/prometheus")).body().lines())
        .filteredOn(line -> line.startsWith("# HELP constellation_"))
        .anyMatch(line -> line.contains("_gateway_connections "))
        .anyMatch(line -> line.contains("_http_rejected_total "))
        .allMatch(line -> line.matches("# HELP \\S+ [A-Z].*\\."));
  }

  @Test
  void refusesALargeBodyThatIsAnnounced() throws Exception {
    var body = BodyPublishers.ofByteArray(new byte[10_000_000]);

    // The refusal comes before the body is read, so the caller may lose its answer while sending.
    try {
      assertProblem(send(to("/api/stars").POST(body)), 413, "BODY_TOO_LARGE");
    } catch (IOException e) {
      assertThat(e).hasMessageMatching("(?s).*(reset|closed|Broken pipe|EOF|header parser).*");
    }
    assertThat(stars.asked()).doesNotContain("POST /api/stars");
  }

  @Test
  void refusesALargeBodyThatIsNotAnnounced() throws Exception {
    var body = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[1_200_000]));

    assertProblem(send(to("/api/stars/large").POST(body)), 413, "BODY_TOO_LARGE");
  }

  @Test
  void letsEventsThroughOneByOneAndLongerThanTheSilenceThatItBears() throws Exception {
    var seen = new CountDownLatch[] {new CountDownLatch(1), new CountDownLatch(1)};
    stars.on(
        "/api/stars/busy/events",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
          exchange.sendResponseHeaders(200, 0);
          for (var event = 0; event < 2; event++) {
            var text = "id: " + exchange.getRequestHeaders().getFirst("Last-Event-ID") + "\n\n";
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
              seen[event].await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        });

    var answer =
        client.send(
            to("/api/stars/busy/events").header("Last-Event-ID", "7").build(),
            BodyHandlers.ofInputStream());

    try (var lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      for (var event = 0; event < 2; event++) {
        // Only what was not held back can be read here: the next event waits for it.
        assertThat(lines.readLine()).isEqualTo("id: 7");
        assertThat(lines.readLine()).isEmpty();
        seen[event].countDown();
      }
    }
  }

  @Test
  void tellsHowEveryServiceIsWithItsReasons() throws Exception {
    stars.on(
        "/actuator/health",
        exchange ->
            StubService.answer(
                exchange,
                503,
                "application/json",
                "{\"status\":\"DOWN\",\"components\":{\"ledger\":{\"status\":\"DOWN\",\"details\":"
                    + "{\"reason\":\"broker: silent\"}},\"db\":{\"status\":\"UP\"}}}"));
    ledger.on(
        "/actuator/health",
        exchange -> StubService.answer(exchange, 200, "application/json", "{\"status\":\"UP\"}"));

    var answer = send(toManagement("/actuator/health"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body())
        .contains("broker: silent")
        .contains(
            "\"galaxy-service\":{\"status\":\"AWAY\",\"reason\":\"galaxy-service does not"
                + " answer\"}")
        .contains("\"blackhole-ledger\":{\"status\":\"UP\"}");
    assertThat(send(toManagement("/actuator/health/readiness")).statusCode()).isEqualTo(200);
  }

  @Test
  void showsNothingOfItselfAtTheFrontDoor() throws Exception {
    for (var path : List.of("/actuator", "/actuator/health", "/actuator/prometheus")) {
      assertProblem(send(to(path)), 404, "UNKNOWN_ADDRESS");
    }
  }

  @Test
  void describesItself() throws Exception {
    assertThat(send(to("/openapi.json")).body()).contains("/api/transactions/{id}/proof");
    assertThat(send(to("/openapi")).headers().firstValue("Location")).contains("/openapi.html");
    assertThat(send(to("/openapi.html")).statusCode()).isEqualTo(200);
    assertThat(send(to("/")).body()).contains("Constellation");
  }
}
