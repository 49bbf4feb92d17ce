package org.constellation.gateway.health;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.constellation.gateway.GatewayProperties;
import org.constellation.gateway.GatewayProperties.Server;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Asks all servers at the same time how they are; down with their reasons if a service is not well.
 * A server that is silent costs the asker no more than {@link #PATIENCE}. A service with several is
 * up if one of them is, since that one answers for it: too few members to go on are down
 * themselves. It is away if none answers. What each server says stands beside it in any case.
 */
@Component
class ServicesHealth implements HealthIndicator {

  /** How long a server may take to say how it is. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String UP = "UP";
  private static final String DOWN = "DOWN";
  private static final String AWAY = "AWAY";
  private static final String STATUS = "status";
  private static final ParameterizedTypeReference<Map<String, Object>> ANSWER =
      new ParameterizedTypeReference<>() {};

  private final RestClient client;
  private final Map<String, List<Server>> services;

  ServicesHealth(
      RestClient.Builder client, HttpClientSettings settings, GatewayProperties properties) {
    // Not the client that hands requests on: that one waits as long as event streams need.
    this.client =
        client
            .requestFactory(
                ClientHttpRequestFactoryBuilder.jdk()
                    .build(settings.withTimeouts(PATIENCE, PATIENCE)))
            .build();
    this.services = new TreeMap<>(properties.upstreams());
  }

  @Override
  public Health health() {
    var asked = new TreeMap<String, Map<String, Future<Map<String, Object>>>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      services.forEach(
          (service, servers) -> {
            var answers = new LinkedHashMap<String, Future<Map<String, Object>>>();
            servers.forEach(
                server -> answers.put(server.name(), threads.submit(() -> ask(server))));
            asked.put(service, answers);
          });
    }
    var health = Health.up();
    asked.forEach(
        (service, answers) -> {
          var said = new LinkedHashMap<String, Map<String, Object>>();
          answers.forEach((server, answer) -> said.put(server, said(server, answer)));
          var merged = said.size() == 1 ? said.firstEntry().getValue() : merged(said);
          health.withDetail(service, merged);
          if (!UP.equals(merged.get(STATUS))) {
            health.down();
          }
        });
    return health.build();
  }

  private static Map<String, Object> said(String server, Future<Map<String, Object>> answer) {
    return answer.state() == Future.State.SUCCESS ? answer.resultNow() : silent(server);
  }

  private static Map<String, Object> silent(String server) {
    var said = new LinkedHashMap<String, Object>();
    said.put(STATUS, AWAY);
    said.put("reason", server + " does not answer");
    return said;
  }

  private static Map<String, Object> merged(Map<String, Map<String, Object>> servers) {
    var statuses = new HashSet<>();
    servers.values().forEach(said -> statuses.add(said.get(STATUS)));
    var merged = new LinkedHashMap<String, Object>();
    merged.put(STATUS, statuses.contains(UP) ? UP : statuses.equals(Set.of(AWAY)) ? AWAY : DOWN);
    merged.putAll(servers);
    return merged;
  }

  /** Status and the reasons of what is not well; never more, since callers read it. */
  private Map<String, Object> ask(Server server) {
    try {
      var answer =
          client
              .get()
              .uri(server.management().resolve("/actuator/health"))
              .exchange((_, response) -> response.bodyTo(ANSWER));
      return answer == null ? silent(server.name()) : summary(answer);
    } catch (RestClientException e) {
      return silent(server.name());
    }
  }

  private static Map<String, Object> summary(Map<String, Object> answer) {
    var summary = new LinkedHashMap<String, Object>();
    summary.put(STATUS, answer.getOrDefault(STATUS, "UNKNOWN"));
    if (answer.get("components") instanceof Map<?, ?> components) {
      components.forEach(
          (name, component) -> {
            if (component instanceof Map<?, ?> parts
                && !UP.equals(parts.get(STATUS))
                && parts.get("details") instanceof Map<?, ?> details) {
              summary.put(String.valueOf(name), details);
            }
          });
    }
    return summary;
  }
}
