package org.constellation.gateway.health;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.constellation.gateway.GatewayProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** Asks every service how it is; down with their reasons if one is not well. */
@Component
class ServicesHealth implements HealthIndicator {

  private static final String UP = "UP";
  private static final Map<String, Object> SILENT = Map.of("status", "AWAY");
  private static final ParameterizedTypeReference<Map<String, Object>> ANSWER =
      new ParameterizedTypeReference<>() {};

  private final RestClient client;
  private final Map<String, URI> services;

  ServicesHealth(RestClient.Builder client, GatewayProperties properties) {
    this.client = client.build();
    this.services = new TreeMap<>(properties.upstreams());
  }

  @Override
  public Health health() {
    var health = Health.up();
    for (var service : services.entrySet()) {
      var said = ask(service.getValue());
      health.withDetail(service.getKey(), said);
      if (!UP.equals(said.get("status"))) {
        health.down();
      }
    }
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
