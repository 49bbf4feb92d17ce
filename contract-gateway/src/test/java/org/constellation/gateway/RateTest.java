package org.constellation.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

class RateTest {

  @Test
  void answersOneAddressNoMoreOftenThanItIsToldTo() throws Exception {
    try (var service = new StubService("service");
        var client = HttpClient.newHttpClient()) {
      var door =
          new Door()
              .told("--constellation.web.requests-per-second=1")
              .before("star-service", service.address());
      try (var gateway = door.open()) {
        var port = gateway.getEnvironment().getRequiredProperty("local.server.port");
        var last = ask(client, port, 0);
        for (var asked = 1; last.statusCode() == 200 && asked < 1_000; asked++) {
          last = ask(client, port, asked);
        }
        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.body()).contains("\"code\":\"TOO_MANY_REQUESTS\"");
        assertThat(last.headers().firstValue("Retry-After")).hasValue("1");
      }
    }
  }

  /** Whatever a caller says of himself, he is who he is. */
  private static HttpResponse<String> ask(HttpClient client, String port, int number)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/stars/a"))
            .header("X-Forwarded-For", "10.0.0." + number % 250)
            .header("Authorization", "Bearer " + number);
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
