package org.constellation.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Crowds at the front door: those that ask, and those that only stand there. */
class ConnectionsTest {

  private static final int CONNECTIONS_MAX = 20;
  private static final int NEWCOMERS_MAX = 10;
  private static final int SHARE = CONNECTIONS_MAX / 4;
  private static final String NO_SHARE = "--constellation.gateway.connections-per-address-max=0";

  /** All that the container would take, some that the operating system holds back, and more. */
  private static final int CROWD = CONNECTIONS_MAX + NEWCOMERS_MAX + 256 + 64;

  /** Only so that a test ends that would otherwise hang. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String LONG = "5m";
  private static final String REQUEST = "GET /api/blocks/1 HTTP/1.1\r\nHost: door\r\n\r\n";

  private final List<Socket> sockets = new ArrayList<>();
  private StubService ledger;
  private ConfigurableApplicationContext gateway;
  private int port;

  @BeforeEach
  void serve() throws IOException {
    ledger = new StubService("ledger");
    open(LONG, NO_SHARE);
  }

  @AfterEach
  void close() throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
    gateway.close();
    ledger.close();
  }

  /** Nothing but what a test is about frees a place. */
  private void open(String firstByteMax, String... more) {
    gateway =
        new Door()
            .before("blackhole-ledger", ledger.address())
            .told(
                "--server.tomcat.connection-timeout=" + LONG,
                "--server.tomcat.keep-alive-timeout=" + LONG,
                "--constellation.gateway.first-byte-max=" + firstByteMax,
                "--constellation.gateway.connections-max=" + CONNECTIONS_MAX,
                "--constellation.gateway.newcomers-max=" + NEWCOMERS_MAX)
            .told(more)
            .open();
    port = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  private Socket connect(String said) throws IOException {
    return connect("127.0.0.1", said);
  }

  /** From one of the addresses that all are this machine's own. */
  private Socket connect(String from, String said) throws IOException {
    var door = InetAddress.getLoopbackAddress();
    var socket = new Socket(door, port, InetAddress.ofLiteral(from), 0);
    sockets.add(socket);
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** The first line of an answer, or nothing if the connection was closed. */
  private static String answer(Socket socket) throws IOException {
    var line = new StringBuilder();
    for (var next = socket.getInputStream().read();
        next >= 0 && next != '\r';
        next = socket.getInputStream().read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  /** Over a connection of its own. */
  private HttpResponse<String> ask() throws IOException, InterruptedException {
    try (var own = client()) {
      return ask(own);
    }
  }

  /** Over the one connection that the client has, once it has asked. */
  private HttpResponse<String> ask(HttpClient client) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/blocks/1"))
            .timeout(PATIENCE)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @Test
  void refusesConnectionsBeyondTheLimitAndServesAgainAfterwards() throws Exception {
    try (var early = client()) {
      assertThat(ask(early).body()).isEqualTo("ledger");
      for (var connection = 1; connection < CONNECTIONS_MAX; connection++) {
        assertThat(answer(connect(REQUEST))).startsWith("HTTP/1.1 200");
      }

      var refused = ask();

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Content-Type"))
          .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
      assertThat(refused.body()).contains("\"code\":\"TOO_MANY_CONNECTIONS\"", "\"status\":503");
      assertThat(refused.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
      assertThat(ask(early).body()).isEqualTo("ledger");
    }
    sockets.getLast().close();
    await().untilAsserted(() -> assertThat(ask().body()).isEqualTo("ledger"));
  }

  @Test
  void givesOneAddressNoMoreThanItsShareAndAnotherOneItsOwn() throws Exception {
    gateway.close();
    open(LONG);
    for (var connection = 0; connection < SHARE; connection++) {
      assertThat(answer(connect(REQUEST))).startsWith("HTTP/1.1 200");
    }

    var refused = ask();

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("\"code\":\"TOO_MANY_CONNECTIONS\"");
    for (var connection = 0; connection < SHARE; connection++) {
      assertThat(answer(connect("127.0.0.2", REQUEST))).startsWith("HTTP/1.1 200");
    }
    assertThat(answer(connect("127.0.0.2", REQUEST))).startsWith("HTTP/1.1 503");
    // What is closed is given back, though all together never were too many.
    sockets.getFirst().close();
    await().untilAsserted(() -> assertThat(ask().body()).isEqualTo("ledger"));
  }

  @Test
  void countsNobodysShareBehindAProxy() throws Exception {
    gateway.close();
    open(LONG, "--server.forward-headers-strategy=native");
    for (var connection = 0; connection < CONNECTIONS_MAX; connection++) {
      assertThat(answer(connect(REQUEST))).startsWith("HTTP/1.1 200");
    }
    assertThat(answer(connect(REQUEST))).startsWith("HTTP/1.1 503");
  }

  /** Spring Boot would, by itself. */
  @Test
  void believesNobodyInAPodThatIsToldNothing() throws Exception {
    gateway.close();
    open(LONG, "--spring.main.cloud-platform=kubernetes");
    for (var connection = 0; connection < SHARE; connection++) {
      assertThat(answer(connect(forwarded(connection)))).startsWith("HTTP/1.1 200");
    }
    assertThat(answer(connect(forwarded(SHARE)))).startsWith("HTTP/1.1 503");
  }

  private static String forwarded(int caller) {
    return REQUEST.replaceFirst("\r\n", "\r\nX-Forwarded-For: 203.0.113." + caller + "\r\n");
  }

  @Test
  void answersANewcomerWhateverNumberStandsThereInSilence() throws Exception {
    for (var connection = 0; connection < CROWD; connection++) {
      connect("");
    }

    assertThat(ask().body()).isEqualTo("ledger");
  }

  @Test
  void answersANewcomerWhateverNumberHasBegunARequest() throws Exception {
    for (var connection = 0; connection < CROWD; connection++) {
      connect("G");
    }

    assertThat(ask().body()).isEqualTo("ledger");
  }

  @Test
  void keepsThoseThatAskedAndDropsTheOldestOfThoseThatDidNot() throws Exception {
    var asked = connect(REQUEST);
    assertThat(answer(asked)).startsWith("HTTP/1.1 200");
    var oldest = connect("");
    for (var connection = 0; connection < NEWCOMERS_MAX; connection++) {
      connect("");
    }

    assertThat(answer(oldest)).isEmpty();
    var dropped = gateway.getBean(MeterRegistry.class);
    assertThat(dropped.counter("constellation.gateway.connections.dropped").count()).isEqualTo(1);
    asked.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
    await().untilAsserted(() -> assertThat(ledger.asked()).hasSize(2));
  }

  @Test
  void closesWhoSaysNothingAndWaitsForWhoBegan() throws Exception {
    gateway.close();
    open("500ms", NO_SHARE);
    var begun = connect(REQUEST.substring(0, 1));
    var silent = connect("");

    assertThat(answer(silent)).isEmpty();
    begun.getOutputStream().write(REQUEST.substring(1).getBytes(StandardCharsets.US_ASCII));
    assertThat(answer(begun)).startsWith("HTTP/1.1 200");
  }
}
