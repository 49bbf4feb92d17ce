package org.constellation.platform.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Positive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.security.BearerToken;
import org.constellation.platform.security.OperatorOnly;
import org.constellation.platform.security.SecretFile;
import org.constellation.platform.security.SecurityConfiguration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebProblemsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final BearerToken OPERATOR = BearerToken.issue(new SecureRandom());

  private ConfigurableApplicationContext application;
  private int port;

  @SpringBootConfiguration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class,
    ValidationAutoConfiguration.class
  })
  @Import({
    WebConfiguration.class,
    SecurityConfiguration.class,
    SimpleMeterRegistry.class,
    Shop.class
  })
  static class Application {}

  record Order(@Positive int amount, @Nullable String note) {}

  enum ShopError implements ErrorCode {
    OUT_OF_STOCK;

    @Override
    public ErrorCategory category() {
      return ErrorCategory.CONFLICT;
    }
  }

  @RestController
  static class Shop {
    @GetMapping("/orders/{number}")
    String order(@PathVariable @Positive int number) {
      return "order " + number;
    }

    @PostMapping("/orders")
    String buy(@RequestBody @Valid Order order) {
      if (order.amount() == 7) {
        throw new RequestRejected(
            ShopError.OUT_OF_STOCK, "There are none left.", Map.of("left", 0));
      }
      if (order.amount() == 8) {
        throw new IllegalStateException("the secret recipe");
      }
      return "bought";
    }

    @GetMapping("/stored")
    String stored() {
      try (var connection = DriverManager.getConnection(nobodyListensAt())) {
        return connection.toString();
      } catch (SQLException e) {
        throw new IllegalStateException("the recipe is stored", e);
      }
    }

    @GetMapping("/newest")
    Order newest() {
      return new Order(1, null);
    }

    @GetMapping("/safe")
    @OperatorOnly
    String safe() {
      return "open";
    }
  }

  @BeforeAll
  void start(@TempDir Path temporary) throws IOException {
    var tokenFile = temporary.resolve("operator-token");
    SecretFile.create(tokenFile, OPERATOR.reveal().getBytes(UTF_8));
    application =
        new SpringApplication(Application.class)
            .run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--constellation.web.body-max=10KB",
                "--server.max-http-request-header-size=4KB",
                "--constellation.security.operator-token-file=" + tokenFile);
    port = Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
  }

  @AfterAll
  void stop() {
    application.close();
  }

  @Test
  void answersWhatIsRight() throws Exception {
    assertThat(send(get("/orders/1")).body()).isEqualTo("order 1");
    assertThat(send(post("{\"amount\": 1}")).body()).isEqualTo("bought");
  }

  @Test
  void leavesOutWhatThereIsNot() throws Exception {
    assertThat(send(get("/newest")).body()).isEqualTo("{\"amount\":1}");
  }

  @Test
  void saysWhyItRejects() throws Exception {
    var problem = problem(send(post("{\"amount\": 7}")), 409, "OUT_OF_STOCK");
    assertThat(problem.get("type").asString()).isEqualTo("urn:constellation:problem:out-of-stock");
    assertThat(problem.get("detail").asString()).isEqualTo("There are none left.");
    assertThat(problem.get("left").asInt()).isZero();
  }

  /** A port that was free a moment ago. */
  private static String nobodyListensAt() {
    try (var free = new ServerSocket(0)) {
      return "jdbc:postgresql://127.0.0.1:" + free.getLocalPort() + "/shop";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void saysThatTheDatabaseIsAway() throws Exception {
    var response = send(get("/stored"));
    problem(response, 503, "UNAVAILABLE");
    assertThat(response.body()).doesNotContain("recipe").doesNotContain("jdbc");
  }

  @Test
  void hidesWhatWentWrongInside() throws Exception {
    var response = send(post("{\"amount\": 8}"));
    problem(response, 500, "INTERNAL_ERROR");
    assertThat(response.body()).doesNotContain("recipe").doesNotContain("IllegalState");
  }

  @Test
  void refusesWhatItCannotRead() throws Exception {
    problem(send(post("{\"amount\":")), 400, "UNREADABLE_BODY");
    var response = send(post("{\"amount\": \"<script>\"}"));
    problem(response, 400, "UNREADABLE_BODY");
    assertThat(response.body()).doesNotContain("script");
    problem(send(post("")), 400, "UNREADABLE_BODY");
  }

  @Test
  void namesTheFieldsThatBreakTheirRulesAndEchoesNothing() throws Exception {
    var response = send(post("{\"amount\": -66}"));
    var problem = problem(response, 400, "INVALID_REQUEST");
    assertThat(problem.get("violations").get("amount").asString()).contains("greater than 0");
    assertThat(response.body()).doesNotContain("66");
    problem(send(get("/orders/-1")), 400, "INVALID_REQUEST");
    var notANumber = send(get("/orders/evil"));
    problem(notANumber, 400, "INVALID_REQUEST");
    assertThat(notANumber.body()).doesNotContain("\"evil").contains("{\"number\":\"must be an");
  }

  @Test
  void answersInTheSameFormatWhereNoControllerIs() throws Exception {
    problem(send(get("/nowhere")), 404, "UNKNOWN_ADDRESS");
    problem(send(get("/error")), 404, "UNKNOWN_ADDRESS");
    problem(send(request("/orders/1").DELETE()), 405, "WRONG_METHOD");
    problem(
        send(
            request("/orders")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("x"))),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
    problem(send(get("/newest").header("Accept", "image/png")), 406, "NOT_ACCEPTABLE");
  }

  @ParameterizedTest
  @MethodSource("whatTheContainerRefuses")
  void answersInTheSameFormatWhatTheContainerRefuses(String request, int status, String code)
      throws IOException {
    var before = rejected(code);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((request + "\r\n\r\n").getBytes(UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      assertThat(answer).contains("application/problem+json");
      // All was read, so it is closed: who is not told sends the next request into nothing.
      assertThat(answer).containsOnlyOnce("Connection: close\r\n");
      var problem = JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n")).strip());
      assertThat(problem.get("status").asInt()).isEqualTo(status);
      assertThat(problem.get("code").asString()).isEqualTo(code);
      if (status == 414 || status == 431) {
        assertThat(problem.get("detail").asString()).containsPattern("at most (4096|100) ");
      }
    }
    assertThat(rejected(code)).isEqualTo(before + 1);
  }

  static Stream<Arguments> whatTheContainerRefuses() {
    var head = "GET /orders/1 HTTP/1.1\r\nHost: x\r\n";
    return Stream.of(
        arguments("GET /a|b{ HTTP/1.1\r\nHost: x", 400, "INVALID_REQUEST"),
        arguments("GET /orders/1 HTTP/3.7\r\nHost: x", 505, "UNSUPPORTED_HTTP_VERSION"),
        arguments(head + "Transfer-Encoding: foo", 501, "NOT_IMPLEMENTED"),
        arguments("CONNECT x:80 HTTP/1.1\r\nHost: x", 501, "NOT_IMPLEMENTED"),
        arguments(head + "Expect: foo", 417, "INVALID_REQUEST"),
        arguments("GET /" + "a".repeat(5_000) + " HTTP/1.1\r\nHost: x", 414, "ADDRESS_TOO_LONG"),
        arguments(head + "X: " + "a".repeat(5_000), 431, "HEADERS_TOO_LARGE"),
        arguments(head + "X: a\r\n".repeat(100) + "X: a", 431, "HEADERS_TOO_LARGE"));
  }

  @Test
  void takesNoCompressedBody() throws Exception {
    var answer = send(post("{\"amount\": 1}").header("Content-Encoding", "gzip"));
    problem(answer, 415, "UNSUPPORTED_MEDIA_TYPE");
    assertThat(answer.headers().firstValue("Accept-Encoding")).hasValue("identity");
    assertThat(send(post("{\"amount\": 1}").header("Content-Encoding", "identity")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void refusesALargeBodyWhetherItIsAnnouncedOrNot() throws Exception {
    var large = "{\"amount\": 1, \"x\": \"" + "x".repeat(20_000) + "\"}";
    problem(send(post(large)), 413, "BODY_TOO_LARGE");
    var stream = new ByteArrayInputStream(large.getBytes(UTF_8));
    problem(
        send(
            request("/orders")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> stream))),
        413,
        "BODY_TOO_LARGE");
  }

  @Test
  void letsOnlyTheOperatorIn() throws Exception {
    var anonymous = send(get("/safe"));
    problem(anonymous, 401, "NOT_AUTHENTICATED");
    assertThat(anonymous.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    problem(
        send(get("/safe").header("Authorization", "Bearer nonsense")), 401, "NOT_AUTHENTICATED");
    var another = BearerToken.issue(new SecureRandom()).reveal();
    problem(send(get("/safe").header("Authorization", "Bearer " + another)), 403, "NOT_ALLOWED");
    var answer = send(get("/safe").header("Authorization", "Bearer " + OPERATOR.reveal()));
    assertThat(answer.body()).isEqualTo("open");
  }

  @Test
  void countsWhatItRejectsByCode() throws Exception {
    var outOfStock = rejected("OUT_OF_STOCK");
    var tooLarge = rejected("BODY_TOO_LARGE");
    send(post("{\"amount\": 7}"));
    send(post("x".repeat(20_000)));
    assertThat(rejected("OUT_OF_STOCK")).isEqualTo(outOfStock + 1);
    assertThat(rejected("BODY_TOO_LARGE")).isEqualTo(tooLarge + 1);
  }

  private double rejected(String code) {
    return application
        .getBean(MeterRegistry.class)
        .counter(Metrics.HTTP_REJECTED, Metrics.CODE, code)
        .count();
  }

  private static JsonNode problem(HttpResponse<String> response, int status, String code) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    var problem = JSON.readTree(response.body());
    assertThat(problem.get("code").asString()).isEqualTo(code);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("type").asString()).startsWith("urn:constellation:problem:");
    return problem;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private HttpRequest.Builder get(String path) {
    return request(path).GET();
  }

  private HttpRequest.Builder post(String body) {
    return request("/orders")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
