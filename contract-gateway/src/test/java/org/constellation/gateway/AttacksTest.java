package org.constellation.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

/** What people send who want more than an answer, byte by byte over a socket. */
class AttacksTest {

  private static final int PATIENCE_MILLIS = 30_000;
  private static final String SMUGGLED = "GET /api/stars/smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

  private static StubService service;
  private static ConfigurableApplicationContext gateway;
  private static int port;

  @BeforeAll
  static void open() throws IOException {
    service = new StubService("service");
    var door = new Door();
    for (var name :
        List.of(
            "star-service", "blackhole-ledger", "galaxy-service", "cluster-consensus-service")) {
      door.before(name, service.address());
    }
    gateway = door.open();
    port = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  @AfterAll
  static void close() {
    gateway.close();
    service.close();
  }

  private static String send(byte[]... parts) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      for (var part : parts) {
        socket.getOutputStream().write(part);
      }
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private static String send(String request) throws IOException {
    return send(request.getBytes(ISO_8859_1));
  }

  private static String post(String headers, String body) {
    return "POST /api/segments HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n" + body;
  }

  /**
   * Both lengths, lengths that differ, codings that hide another one, and lines that do not end.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
        "Content-Length: 4\r\nContent-Length: 90\r\n",
        "Content-Length: 4, 90\r\n",
        "Content-Length: +4\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: 0x4\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: identity, chunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n",
        "Transfer-Encoding:\u000bchunked\r\n",
        "X: y\r\n Transfer-Encoding: chunked\r\n",
        "X: y\rTransfer-Encoding: chunked\r\n",
        "X\u0000: y\r\n"
      })
  void smugglesNoRequestBehindAnother(String headers) throws Exception {
    var body = "0\r\n\r\n" + SMUGGLED;
    var answer = send(post(headers, body));

    assertThat(service.asked()).noneMatch(asked -> asked.contains("smuggled"));
    // Of two lengths the chunks count, as the standard has it; then the connection is closed.
    assertThat(answer.split("HTTP/1.1 200", -1)).hasSizeLessThanOrEqualTo(2);
  }

  /** What stands behind a whole request is a request of the same caller, and limited as such. */
  @Test
  void readsABodyToItsEndAndNotFurther() throws Exception {
    var answer = send(post("Content-Length: " + SMUGGLED.length() + "\r\n", SMUGGLED));

    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    assertThat(service.asked()).noneMatch(asked -> asked.contains("smuggled"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz\r\n0\r\n\r\n",
        "-1\r\n\r\n",
        "ffffffffffffffff\r\nx",
        "4\r\nbodyX\r\n0\r\n\r\n",
        "4;\n\r\nbody\r\n0\r\n\r\n"
      })
  void handsNoBodyOnWhoseChunksAreBroken(String chunks) throws Exception {
    assertThat(send(post("Transfer-Encoding: chunked\r\n", chunks))).doesNotContain("HTTP/1.1 200");
  }

  @Test
  void unpacksNothing() throws Exception {
    var bomb = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bomb)) {
      for (var block = 0; block < 100; block++) {
        zip.write(new byte[100_000]);
      }
    }
    var head =
        post("Content-Encoding: gzip\r\nContent-Length: " + bomb.size() + "\r\n", "")
            .getBytes(ISO_8859_1);
    var asked = service.asked().size();

    assertThat(send(head, bomb.toByteArray()))
        .startsWith("HTTP/1.1 415")
        .contains("UNSUPPORTED_MEDIA_TYPE");
    assertThat(service.asked()).hasSize(asked);
  }

  /** Whoever announces one and does not send it holds neither memory nor a thread. */
  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
  void readsNoForm(String type) throws Exception {
    var asked = service.asked().size();

    assertThat(send(post("Content-Type: " + type + "\r\nContent-Length: 1000000\r\n", "")))
        .startsWith("HTTP/1.1 415")
        .contains("UNSUPPORTED_MEDIA_TYPE");
    assertThat(service.asked()).hasSize(asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/stars/../../actuator/health",
        "/api/stars/..%2f..%2factuator/health",
        "/api/stars/%2e%2e/%2e%2e/actuator/health",
        "/api/stars/..;/..;/actuator/health",
        "/api//stars",
        "/api/stars%00",
        "/api/stars\\..\\x",
        "http://127.0.0.1:1/api/stars/../x"
      })
  void handsNoPathOnThatLeavesItsService(String path) throws Exception {
    var asked = service.asked().size();

    assertThat(send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n")).doesNotContain("HTTP/1.1 200");
    assertThat(service.asked()).hasSize(asked);
  }

  @Test
  void asksNoServerThatTheCallerNames() throws Exception {
    try (var other = new StubService("other")) {
      var host = other.address().substring("http://".length());
      var answer =
          send(
              "GET http://%s/api/stars/a HTTP/1.1\r\nHost: %s\r\nX-Forwarded-Host: %s\r\nForwarded: host=%s\r\n\r\n"
                  .formatted(host, host, host, host));
      assertThat(answer).doesNotContain("other");
      assertThat(other.asked()).isEmpty();
    }
  }

  @Test
  void tellsServicesWhereARequestComesFromWhateverItSaysOfThat() throws Exception {
    service.on(
        "/api/stars/origin",
        exchange ->
            StubService.answer(
                exchange,
                200,
                "text/plain",
                "from " + exchange.getRequestHeaders().get("X-Forwarded-For")));

    var answer =
        send(
            "GET /api/stars/origin HTTP/1.1\r\nHost: x\r\n%s\r\n"
                .formatted("X-Forwarded-For: 203.0.113.9\r\nx-forwarded-for: 203.0.113.10\r\n"));
    assertThat(answer).contains("from [127.0.0.1]");
  }
}
