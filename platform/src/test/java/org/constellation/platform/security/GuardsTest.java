package org.constellation.platform.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.constellation.platform.web.RateLimit;
import org.constellation.platform.web.WebConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.logback.StructuredLogEncoder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** What keeps people out of a service, tried over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardsTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final BearerToken OPERATOR = BearerToken.issue(new SecureRandom());
  private static final String KEY = "csk_" + "k".repeat(43);
  private static final TestTokens ISSUER = TestTokens.issuer("ours");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private ConfigurableApplicationContext application;
  private Path keys;
  private int port;

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration(
      excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
  @Import({
    WebConfiguration.class,
    SecurityConfiguration.class,
    LoginConfiguration.class,
    Doors.class
  })
  static class Application {

    @Bean
    MeterRegistry meters() {
      return new SimpleMeterRegistry();
    }

    @Bean
    RateLimit.Caller caller() {
      return request -> request.getHeader("X-Caller");
    }
  }

  @RestController
  static class Doors {

    @OperatorOnly
    @GetMapping("/safe")
    String safe() {
      return "open";
    }

    @GetMapping("/public")
    String open() {
      return "hello";
    }

    @PostMapping("/whoami")
    String whoAmI(@RequestBody String body) {
      return Login.current().map(login -> login.credential().toHex()).orElse("nobody") + body;
    }
  }

  @BeforeAll
  void start(@TempDir Path home) throws IOException {
    var tokenFile = home.resolve("operator-hash");
    SecretFile.create(tokenFile, OPERATOR.hash().value().toHex().getBytes(UTF_8));
    keys = home.resolve("keys.json");
    ISSUER.publish(keys);
    application =
        new SpringApplication(Application.class)
            .run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--server.forward-headers-strategy=native",
                "--constellation.security.operator-token-file=" + tokenFile,
                "--constellation.login.keys-file=" + keys,
                "--constellation.login.api-keys.robot.hash=" + ApiKeys.hash(KEY),
                "--constellation.login.api-keys.robot.scopes=" + Login.OPERATOR,
                "--constellation.web.body-time-max=250ms",
                "--constellation.web.cors-origins=https://wallet.example",
                "--constellation.web.requests-per-second=1");
    port = Integer.parseInt(application.getEnvironment().getRequiredProperty("local.server.port"));
  }

  @AfterAll
  void stop() {
    application.close();
  }

  private static JWTClaimsSet.Builder operator() {
    return TestTokens.claims("olga", "other " + Login.OPERATOR);
  }

  @Test
  void letsOperatorsInByLoginByKeyAndByTheOneToken() throws Exception {
    assertThat(safe(ISSUER.sign(operator())).body()).isEqualTo("open");
    assertThat(safe(KEY).body()).isEqualTo("open");
    assertThat(safe(OPERATOR.reveal()).body()).isEqualTo("open");
  }

  @Test
  void keepsOutWhoLacksTheScope() throws Exception {
    var answer = safe(ISSUER.sign(TestTokens.claims("olga", Login.CUSTODY)));
    problem(answer, 403, "NOT_ALLOWED");
    assertThat(answer.body()).contains(Login.OPERATOR);
  }

  static Stream<UnaryOperator<JWTClaimsSet.Builder>> unsound() {
    return Stream.of(
        claims -> claims.expirationTime(Date.from(Instant.now().minus(Duration.ofHours(1)))),
        claims -> claims.expirationTime(null),
        claims -> claims.notBeforeTime(Date.from(Instant.now().plus(Duration.ofHours(1)))),
        claims -> claims.audience("another-service"),
        claims -> claims.issuer("https://elsewhere.example"),
        claims -> claims.subject(null));
  }

  @ParameterizedTest
  @MethodSource("unsound")
  void refusesTokensThatAreOldOrForOthersWhereverTheyAreShown(
      UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
    var token = ISSUER.sign(change.apply(operator()));
    problem(safe(token), 401, "NOT_AUTHENTICATED");
    problem(send(bearing(request("/public"), token)), 401, "NOT_AUTHENTICATED");
  }

  @Test
  void refusesTokensThatNobodySignedWhoMay() throws Exception {
    problem(safe(TestTokens.issuer("ours").sign(operator())), 401, "NOT_AUTHENTICATED");
    problem(safe(new PlainJWT(operator().build()).serialize()), 401, "NOT_AUTHENTICATED");
    // The public key as the secret of a symmetric signature.
    var secret = Arrays.copyOf(ISSUER.key().toPublicJWK().toString().getBytes(US_ASCII), 64);
    var confused = ISSUER.sign(operator(), JWSAlgorithm.HS256, new MACSigner(secret));
    problem(safe(confused), 401, "NOT_AUTHENTICATED");
    problem(safe("csk_" + "x".repeat(43)), 401, "NOT_AUTHENTICATED");
  }

  @Test
  void forgetsKeysThatAreTakenAwayWithoutARestart() throws Exception {
    var next = TestTokens.issuer("next");
    assertThat(safe(ISSUER.sign(operator())).body()).isEqualTo("open");

    publish(next, 5);
    try {
      assertThat(safe(next.sign(operator())).body()).isEqualTo("open");
      problem(safe(ISSUER.sign(operator())), 401, "NOT_AUTHENTICATED");
    } finally {
      publish(ISSUER, 10);
    }
  }

  /** File systems tell times apart that are far enough from each other. */
  private void publish(TestTokens issuer, int secondsLater) throws IOException {
    issuer.publish(keys);
    Files.setLastModifiedTime(keys, FileTime.from(Instant.now().plusSeconds(secondsLater)));
  }

  @Test
  void tellsLoginsApartByIssuerAndSubject() {
    var olga = new Login("a", "b", Set.of());
    assertThat(olga.credential())
        .isEqualTo(new Login("a", "b", Set.of(Login.CUSTODY)).credential())
        .isNotEqualTo(new Login("a", "c", Set.of()).credential())
        .isNotEqualTo(new Login("b", "b", Set.of()).credential());
  }

  @Test
  void sendsHeadersThatKeepBrowsersCautious() throws Exception {
    var headers = send(request("/public")).headers();
    assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(headers.firstValue("X-Frame-Options")).hasValue("DENY");
    assertThat(headers.firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("frame-ancestors 'none'"));
    assertThat(headers.firstValue("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "TRACE /public HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /public|x HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /public/../safe HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /whoami HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n",
        "POST /whoami HTTP/1.1\r\nHost: x\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n"
      })
  void sendsThemAlsoWithWhatItRefusesAtOnce(String request) throws Exception {
    assertThat(raw(request))
        .startsWith("HTTP/1.1 4")
        .containsOnlyOnce("X-Content-Type-Options: nosniff")
        .containsOnlyOnce("X-Frame-Options: DENY")
        .containsOnlyOnce("frame-ancestors 'none'")
        .contains("no-store");
  }

  /** At once: what was announced did not come. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/x-www-form-urlencoded\r\nContent-Length: 100000",
        "Application/X-WWW-Form-Urlencoded; charset=utf-8\r\nTransfer-Encoding: chunked",
        "multipart/form-data; boundary=x\r\nContent-Length: 100000"
      })
  void readsNoForm(String type) throws Exception {
    assertThat(raw("POST /public HTTP/1.1\r\nHost: x\r\nContent-Type: " + type + "\r\n\r\n"))
        .startsWith("HTTP/1.1 415 ")
        .contains("UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void startsWithNoKeyThatNobodyCouldShow() {
    var key = "constellation.login.api-keys.robot.";
    var logins = new ApplicationContextRunner().withUserConfiguration(LoginConfiguration.class);
    logins
        .withPropertyValues(key + "hash=" + ApiKeys.hash(KEY), key + "scopes=x")
        .run(context -> assertThat(context).hasNotFailed());
    logins
        .withPropertyValues(key + "scopes=x")
        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("hash"));
  }

  @Test
  void letsOnlyNamedPagesAsk() throws Exception {
    var named = send(preflight("https://wallet.example"));
    assertThat(named.headers().firstValue("Access-Control-Allow-Origin"))
        .hasValue("https://wallet.example");
    var other = send(preflight("https://evil.example"));
    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  private HttpRequest.Builder preflight(String origin) {
    return request("/whoami")
        .method("OPTIONS", BodyPublishers.noBody())
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/public/../safe",
        "/public/%2e%2e/safe",
        "/public/..;/safe",
        "//safe",
        "/%2fsafe",
        "/safe%00",
        "/safe%0d%0aX: y"
      })
  void refusesPathsThatMeanAnotherOne(String path) throws Exception {
    assertThat(raw("GET " + path.replace(" ", "%20") + " HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ")
        .contains("INVALID_REQUEST")
        .doesNotContain("open");
  }

  @Test
  void tellsWhoAsksTooOftenWhenToComeBack() throws Exception {
    var last = send(request("/public").header("X-Caller", "hasty"));
    for (var asked = 0; last.statusCode() == 200 && asked < 1_000; asked++) {
      last = send(request("/public").header("X-Caller", "hasty"));
    }
    problem(last, 429, "TOO_MANY_REQUESTS");
    assertThat(last.headers().firstValueAsLong("Retry-After")).hasValue(1);
    assertThat(last.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(send(request("/public").header("X-Caller", "calm")).statusCode()).isEqualTo(200);
    assertThat(send(request("/public")).statusCode()).isEqualTo(200);
  }

  @Test
  void readsNoBodyThatNeverEnds() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      var head = "POST /whoami HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n";
      socket.getOutputStream().write((head + "Content-Length: 100000\r\n\r\n").getBytes(US_ASCII));
      await()
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(10))
          .until(
              () -> {
                socket.getOutputStream().write('x');
                return socket.getInputStream().available() > 0;
              });
      var answer = new String(socket.getInputStream().readNBytes(1_000), US_ASCII);
      assertThat(answer)
          .startsWith("HTTP/1.1 408 ")
          .contains("BODY_TOO_SLOW", "X-Content-Type-Options: nosniff");
    }
  }

  @Test
  void writesDownWhoDidWhatAndNobodyWritesLinesOfHisOwn() throws Exception {
    var liar = "olga\"}\n{\"message\":\"audit\",\"audit.caller\":\"root\r\n";
    var written = new ListAppender<ILoggingEvent>();
    written.start();
    var logger = (Logger) LoggerFactory.getLogger("constellation.audit");
    logger.setLevel(Level.INFO);
    logger.addAppender(written);
    try {
      safe(ISSUER.sign(TestTokens.claims(liar, Login.OPERATOR)));
      send(bearing(request("/safe"), OPERATOR.reveal()).header("X-Forwarded-For", "203.0.113.9"));
      safe("csk_" + "x".repeat(43));
      send(request("/safe"));
      send(bearing(request("/whoami").POST(BodyPublishers.ofString("{}")), KEY));
      send(request("/public"));
      // A line is written after its answer.
      await().atMost(PATIENCE).until(() -> written.list.size() >= 5);
    } finally {
      logger.detachAppender(written);
    }

    var lines = written.list.stream().map(event -> asServicesWrite(event, logger)).toList();
    assertThat(lines).hasSize(5).allMatch(line -> line.indexOf('\n') == line.length() - 1);
    var entries = lines.stream().map(JSON::readTree).toList();
    var callers = entries.stream().map(entry -> entry.path("audit.caller").asString("")).toList();
    assertThat(callers)
        .contains("constellation-local " + liar, "unknown", "nobody", "api-keys robot")
        .anyMatch(caller -> caller.matches("token [0-9a-f]{16}"));
    assertThat(entries)
        .filteredOn(entry -> entry.path("audit.outcome").asString("").equals("refused"))
        .allMatch(entry -> entry.path("audit.status").asInt() == 401)
        .hasSize(2);
    assertThat(entries)
        .anyMatch(entry -> entry.path("audit.action").asString("").equals("POST /whoami"));
    assertThat(entries)
        .filteredOn(entry -> entry.path("audit.from").asString("").equals("203.0.113.9"))
        .as("what came through a front door")
        .hasSize(1);
    assertThat(String.join("", lines)).doesNotContain(OPERATOR.reveal()).doesNotContain(KEY);
  }

  /** Tests log in another format. */
  private String asServicesWrite(ILoggingEvent event, Logger logger) {
    var encoder = new StructuredLogEncoder();
    logger.getLoggerContext().putObject(Environment.class.getName(), application.getEnvironment());
    encoder.setContext(logger.getLoggerContext());
    encoder.setFormat("logstash");
    encoder.start();
    return new String(encoder.encode(event), UTF_8);
  }

  private HttpResponse<String> safe(String token) throws Exception {
    return send(bearing(request("/safe"), token));
  }

  private static HttpRequest.Builder bearing(HttpRequest.Builder request, String token) {
    return request.header("Authorization", "Bearer " + token);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static void problem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
  }
}
