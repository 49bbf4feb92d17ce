package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A network's front door, as any program may use it. */
final class Api implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;

  Api(String address) {
    this.address = URI.create(address);
  }

  URI address() {
    return address;
  }

  /** A star whose key the service keeps. */
  record Star(String id, String token) {}

  /** An answer, whatever it is. */
  record Answer(int status, String text) {

    JsonNode body() {
      try {
        return JSON.readTree(text);
      } catch (JacksonException e) {
        throw new AssertionError("no JSON: " + status + " " + text, e);
      }
    }

    /** The problem's stable code. */
    String code() {
      return body().path("code").asString("none, but " + this);
    }

    JsonNode expect(int expected) {
      assertThat(status).as(text).isEqualTo(expected);
      return body();
    }
  }

  Answer get(String path) {
    return send(HttpRequest.newBuilder(address.resolve(path)).GET());
  }

  Answer post(String path, String body, @Nullable String token) {
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return send(request);
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      var answer = http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      throw new AssertionError("no answer: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Opens a star; it may not have a home yet. */
  Star openStar() {
    var opened = post("/api/stars", "{}", null).expect(201);
    return new Star(opened.path("star").asString(), opened.path("token").asString());
  }

  void awaitHome(String star) {
    await()
        .atMost(PATIENCE)
        .until(() -> get("/api/stars/" + star).expect(200).path("home").isNumber());
  }

  void awaitStatus(String transaction, String status) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> get("/api/transactions/" + transaction).body().path("status").asString(""),
            status::equals);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
