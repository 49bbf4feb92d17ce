package org.constellation.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.constellation.testsupport.TestCertificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The front door behind a certificate, before a service behind one. */
class TlsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Pattern EXPIRY =
      Pattern.compile("ssl_chain_expiry_seconds\\{[^}]*bundle=\"door\"[^}]*} (\\S+)");

  @TempDir private Path directory;

  private HttpsServer service;
  private ConfigurableApplicationContext gateway;
  private Path stored;
  private SSLContext trusting;

  @BeforeEach
  void open() throws Exception {
    var first = TestCertificates.keyStore(directory.resolve("first"), "first");
    var second = TestCertificates.keyStore(directory.resolve("second"), "second");
    var trust = TestCertificates.trustStore(directory.resolve("trust"), List.of(first, second));
    trusting = believing(trust);
    service = service(second);
    stored = Files.copy(first, directory.resolve("stored"));
    gateway = door(trust).open();
  }

  private static HttpsServer service(Path keys) throws GeneralSecurityException, IOException {
    var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(showing(keys)));
    server.createContext(
        "/",
        exchange -> {
          var up = "{\"status\":\"UP\"}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, up.length);
          exchange.getResponseBody().write(up);
          exchange.close();
        });
    server.start();
    return server;
  }

  private Door door(Path trust) {
    var door =
        new Door()
            .told(
                "--server.ssl.bundle=door",
                "--management.server.ssl.bundle=door",
                "--spring.http.clients.ssl.bundle=services",
                "--spring.ssl.bundle.watch.file.quiet-period=200ms",
                "--spring.ssl.bundle.jks.door.reload-on-update=true")
            .told(bundle("door", "keystore", stored))
            .told(bundle("services", "truststore", trust));
    var address = "https://127.0.0.1:" + service.getAddress().getPort();
    for (var name :
        List.of(
            "star-service", "blackhole-ledger", "galaxy-service", "cluster-consensus-service")) {
      door.before(name, address);
    }
    return door;
  }

  private static String[] bundle(String name, String store, Path file) {
    var property = "--spring.ssl.bundle.jks." + name + "." + store + ".";
    return new String[] {
      property + "location=file:" + file,
      property + "type=PKCS12",
      property + "password=" + TestCertificates.PASSWORD
    };
  }

  private static SSLContext showing(Path keys) throws GeneralSecurityException, IOException {
    var password = TestCertificates.PASSWORD.toCharArray();
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(KeyStore.getInstance(keys.toFile(), password), password);
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private static SSLContext believing(Path trust) throws GeneralSecurityException, IOException {
    var password = TestCertificates.PASSWORD.toCharArray();
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(KeyStore.getInstance(trust.toFile(), password));
    var context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  @AfterEach
  void close() {
    gateway.close();
    service.stop(0);
  }

  private String ask(SSLContext context, String port, String path)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newBuilder().sslContext(context).build()) {
      return client
          .send(
              HttpRequest.newBuilder(
                      URI.create(
                          "https://127.0.0.1:"
                              + gateway.getEnvironment().getRequiredProperty(port)
                              + path))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  /** Whose certificate a new connection is shown. */
  private String shown() throws IOException {
    var port = gateway.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    try (var socket =
        (SSLSocket)
            trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.startHandshake();
      var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    }
  }

  @Test
  void speaksTlsOnBothSidesAndBelievesOnlyWhomItIsToldTo() throws Exception {
    assertThat(ask(trusting, "local.server.port", "/api/stars/a")).contains("UP");
    assertThat(ask(trusting, "local.management.port", "/actuator/health"))
        .contains("\"galaxy-service\":{\"status\":\"UP\"}");

    var suspicious = SSLContext.getDefault();
    assertThatThrownBy(() -> ask(suspicious, "local.server.port", "/"))
        .isInstanceOf(SSLHandshakeException.class);
    var port = "http://127.0.0.1:" + gateway.getEnvironment().getProperty("local.server.port");
    try (var plain = HttpClient.newHttpClient()) {
      var answer =
          plain.send(HttpRequest.newBuilder(URI.create(port)).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(400);
    }
  }

  /** What {@code CertificateEnding} looks at. */
  @Test
  void showsHowLongItsCertificateLasts() throws Exception {
    assertThat(secondsLeft()).isPositive();
  }

  private double secondsLeft() throws Exception {
    var metrics = ask(trusting, "local.management.port", "/actuator/prometheus");
    var left = EXPIRY.matcher(metrics);
    assertThat(left.find()).as(metrics).isTrue();
    return Double.parseDouble(left.group(1));
  }

  @Test
  void handsNothingToAServiceThatItDoesNotBelieve() throws Exception {
    gateway.close();
    service.stop(0);
    service = service(TestCertificates.keyStore(directory.resolve("liar"), "second"));
    gateway = door(directory.resolve("trust")).open();

    assertThat(ask(trusting, "local.server.port", "/api/stars/a")).doesNotContain("UP");
    assertThat(ask(trusting, "local.management.port", "/actuator/health"))
        .contains("\"galaxy-service\":{\"status\":\"AWAY\"");
  }

  @Test
  void showsANewCertificateWithoutARestart() throws Exception {
    assertThat(shown()).isEqualTo("CN=first");

    Files.move(
        Files.copy(directory.resolve("second"), directory.resolve("next")),
        stored,
        StandardCopyOption.ATOMIC_MOVE);

    await().atMost(PATIENCE).until(this::shown, "CN=second"::equals);
    assertThat(ask(trusting, "local.server.port", "/api/stars/a")).contains("UP");
  }
}
