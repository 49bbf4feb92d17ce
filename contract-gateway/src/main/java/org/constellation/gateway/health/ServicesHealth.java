package org.constellation.gateway.health;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.constellation.gateway.GatewayProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Asks all services at the same time how they are; down with their reasons if one is not well. One
 * that is silent costs the asker no more than {@link #PATIENCE}.
 */
@Component
class ServicesHealth implements HealthIndicator {

  /** How long a service may take to say how it is. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String UP = "UP";
  private static final Map<String, Object> SILENT = Map.of("status", "AWAY");
  private static final ParameterizedTypeReference<Map<String, Object>> ANSWER =
      new ParameterizedTypeReference<>() {};

  private final RestClient client;
  private final Map<String, URI> services;

  ServicesHealth(RestClient.Builder client, GatewayProperties properties) {
    this.client = client.requestFactory(impatient()).build();
    this.services = new TreeMap<>(properties.upstreams());
  }

  /** Not the client that hands requests on: that one waits as long as event streams need. */
  private static JdkClientHttpRequestFactory impatient() {
    var requests =
        new JdkClientHttpRequestFactory(HttpClient.newBuilder().connectTimeout(PATIENCE).build());
    requests.setReadTimeout(PATIENCE);
    return requests;
  }

  @Override
  public Health health() {
    var asked = new LinkedHashMap<String, Future<Map<String, Object>>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      services.forEach((name, address) -> asked.put(name, threads.submit(() -> ask(address))));
    }
    var health = Health.up();
    asked.forEach(
        (name, answer) -> {
          var said = answer.state() == Future.State.SUCCESS ? answer.resultNow() : SILENT;
          health.withDetail(name, said);
          if (!UP.equals(said.get("status"))) {
            health.down();
          }
        });
    return health.build();
  }

  /** Status and the reasons of what is not well; never more, since callers read it. */
  private Map<String, Object> ask(URI service) {
    try {
      var answer =
          client
              .get()
              .uri(service.resolve("/actuator/health"))
              .exchange((_, response) -> response.bodyTo(ANSWER));
      return answer == null ? SILENT : summary(answer);
    } catch (RestClientException e) {
      return SILENT;
    }
  }

  private static Map<String, Object> summary(Map<String, Object> answer) {
    var summary = new LinkedHashMap<String, Object>();
    summary.put("status", answer.getOrDefault("status", "UNKNOWN"));
    if (answer.get("components") instanceof Map<?, ?> components) {
      components.forEach(
          (name, component) -> {
            if (component instanceof Map<?, ?> parts
                && !UP.equals(parts.get("status"))
                && parts.get("details") instanceof Map<?, ?> details) {
              summary.put(String.valueOf(name), details);
            }
          });
    }
    return summary;
  }
}
