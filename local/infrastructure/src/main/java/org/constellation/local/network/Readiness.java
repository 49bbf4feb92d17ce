package org.constellation.local.network;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a server on the loopback interface how it is. */
public final class Readiness implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /** Whether the server with this management port takes requests. */
  public boolean isReady(int port) throws InterruptedException {
    return ask(port, "/actuator/health/readiness").status() == 200;
  }

  /** The server's own description of its health. */
  public Answer health(int port) throws InterruptedException {
    return ask(port, "/actuator/health");
  }

  /** Whether a front door says what it serves. */
  public boolean answers(int port) throws InterruptedException {
    return ask(port, "/openapi.json").status() == 200;
  }

  private Answer ask(int port, String path) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .build();
    try {
      var response = client.send(request, HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (IOException e) {
      return new Answer(0, "");
    }
  }

  @Override
  public void close() {
    client.close();
  }

  /**
   * What came back.
   *
   * @param status the HTTP status, 0 if nobody answered
   * @param body empty if nobody answered
   */
  public record Answer(int status, String body) {}
}
