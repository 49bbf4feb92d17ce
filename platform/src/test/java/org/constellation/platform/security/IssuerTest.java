package org.constellation.platform.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Logins by the tokens of an issuer that is found as OpenID Connect says. */
class IssuerTest {

  private static final TestTokens KEYS = TestTokens.issuer("ours");

  /** What an issuer shows of itself: where its keys are, and the keys. */
  private static final class Issuer implements AutoCloseable {
    private final HttpServer server;

    Issuer() throws IOException {
      this(0);
    }

    Issuer(int port) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      show(
          "/.well-known/openid-configuration",
          "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\",\"subject_types_supported\":[\"public\"]}"
              .formatted(address(), address()));
      show("/keys", new JWKSet(KEYS.key().toPublicJWK()).toString());
      server.start();
    }

    private void show(String path, String json) {
      server.createContext(
          path,
          exchange -> {
            try (exchange) {
              exchange.getResponseHeaders().set("Content-Type", "application/json");
              exchange.sendResponseHeaders(200, json.length());
              exchange.getResponseBody().write(json.getBytes(UTF_8));
            }
          });
    }

    int port() {
      return server.getAddress().getPort();
    }

    String address() {
      return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  private static ConfigurableApplicationContext service(String issuer) {
    return new SpringApplication(GuardsTest.Application.class)
        .run(
            "--server.port=0",
            "--server.address=127.0.0.1",
            "--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer);
  }

  private static JWTClaimsSet.Builder claims(String issuer) {
    return TestTokens.claims("olga", Login.OPERATOR).issuer(issuer);
  }

  private static HttpResponse<String> ask(ConfigurableApplicationContext service, String token)
      throws IOException, InterruptedException {
    var port = service.getEnvironment().getRequiredProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/safe"))
            .header("Authorization", "Bearer " + token);
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  @Test
  void believesWhatTheIssuerSignedForUs() throws Exception {
    try (var issuer = new Issuer();
        var service = service(issuer.address())) {
      assertThat(ask(service, KEYS.sign(claims(issuer.address()))).body()).isEqualTo("open");
      for (var token :
          new String[] {
            KEYS.sign(claims("https://another.example")),
            KEYS.sign(claims(issuer.address()).audience("another")),
            KEYS.sign(claims(issuer.address()).expirationTime(null)),
            TestTokens.issuer("ours").sign(claims(issuer.address()))
          }) {
        var answer = ask(service, token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":\"NOT_AUTHENTICATED\"");
      }
    }
  }

  @Test
  void startsWithoutTheIssuerAndFindsItWhenItComes() throws Exception {
    int port;
    try (var gone = new Issuer()) {
      port = gone.port();
    }
    var address = "http://127.0.0.1:" + port;
    try (var service = service(address)) {
      var answer = ask(service, KEYS.sign(claims(address)));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
      assertThat(answer.body()).contains("\"code\":\"UNAVAILABLE\"");
      try (var _ = new Issuer(port)) {
        assertThat(ask(service, KEYS.sign(claims(address))).body()).isEqualTo("open");
      }
    }
  }
}
