package org.constellation.star.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.constellation.platform.security.SecurityConfiguration;
import org.constellation.platform.web.WebConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who is taken for one caller, over HTTP, where each may ask once a second. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallerTest {

  private static final int MANY = 500;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private ConfigurableApplicationContext application;
  private String address;

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration(
      excludeName = {
        "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
        "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
      })
  @Import({WebConfiguration.class, SecurityConfiguration.class, Caller.class, Doors.class})
  static class Application {}

  @RestController
  static class Doors {

    @PostMapping("/api/stars")
    String open() {
      return "opened";
    }

    @GetMapping("/api/stars/one")
    String show() {
      return "one";
    }
  }

  @BeforeAll
  void start() {
    application =
        new SpringApplication(Application.class)
            .run(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--constellation.web.requests-per-second=1");
    address =
        "http://127.0.0.1:" + application.getEnvironment().getRequiredProperty("local.server.port");
  }

  @AfterAll
  void stop() {
    application.close();
  }

  @Test
  void aSecretIsOneCallerHoweverItIsWritten() throws Exception {
    var schemes = new String[] {"Bearer ", "bearer ", "BEARER ", "Bearer\t", "bEaReR "};
    assertThat(
            isHeldUp(
                "/api/stars/one",
                request -> request.GET(),
                asked ->
                    schemes[asked % schemes.length] + " ".repeat(asked % 100) + "s".repeat(43)))
        .isTrue();
  }

  @Test
  void secretsAreCallersOfTheirOwn() throws Exception {
    assertThat(isHeldUp("/api/stars/one", request -> request.GET(), asked -> "Bearer " + asked))
        .isFalse();
  }

  @Test
  void whoOpensStarsWithoutOneIsHeldUpHoweverThePathIsWritten() throws Exception {
    for (var path : new String[] {"/api/stars", "/api/%73tars", "/%61pi/stars"}) {
      assertThat(isHeldUp(path, request -> request.POST(BodyPublishers.noBody()), _ -> ""))
          .as(path)
          .isTrue();
    }
  }

  @Test
  void whoAsksForAnythingElseIsTheFrontDoorsBusiness() throws Exception {
    assertThat(isHeldUp("/api/stars/one", request -> request.GET(), _ -> "")).isFalse();
  }

  /** Whether one of many requests, one behind the other, came too early. */
  private boolean isHeldUp(
      String path, UnaryOperator<HttpRequest.Builder> method, IntFunction<String> credential)
      throws IOException, InterruptedException {
    for (var asked = 0; asked < MANY; asked++) {
      var request = method.apply(HttpRequest.newBuilder(URI.create(address + path)));
      var shown = credential.apply(asked);
      if (!shown.isEmpty()) {
        request.header("Authorization", shown);
      }
      var answer = CLIENT.send(request.build(), BodyHandlers.ofString()).statusCode();
      if (answer == 429) {
        return true;
      }
      assertThat(answer).as(path).isLessThan(500);
    }
    return false;
  }
}
