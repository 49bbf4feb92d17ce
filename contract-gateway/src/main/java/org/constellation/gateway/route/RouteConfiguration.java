package org.constellation.gateway.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.constellation.gateway.GatewayProperties;
import org.constellation.platform.web.ProblemCounter;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter;
import org.springframework.cloud.gateway.server.mvc.handler.GatewayRouterFunctions;
import org.springframework.cloud.gateway.server.mvc.handler.HandlerFunctions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Makes routes out of the configured paths. */
@Configuration(proxyBeanMethods = false)
class RouteConfiguration {

  /** Idle connections to services are closed before the services' own Tomcat would do it. */
  private static final TimeValue IDLE = TimeValue.ofSeconds(15);

  private record Route(PathPattern pattern, String path, String service) {}

  @Bean
  RouterFunction<ServerResponse> routes(GatewayProperties properties, ProblemCounter problems) {
    // One for a service, not for a route: what one route learns of a server holds for all.
    var servers = new HashMap<String, AnyServer>();
    return routes(properties.paths()).stream()
        .map(
            route ->
                function(
                    route,
                    servers.computeIfAbsent(
                        route.service(), service -> anyServer(service, properties, problems))))
        .reduce(RouterFunction::and)
        .orElseThrow();
  }

  /** The most specific pattern first, whatever the order of the configuration. */
  private static List<Route> routes(Map<String, List<String>> paths) {
    var routes = new ArrayList<Route>();
    paths.forEach(
        (service, patterns) ->
            patterns.forEach(
                path ->
                    routes.add(
                        new Route(PathPatternParser.defaultInstance.parse(path), path, service))));
    routes.sort(Comparator.comparing(Route::pattern));
    return routes;
  }

  private static AnyServer anyServer(
      String service, GatewayProperties properties, ProblemCounter problems) {
    return new AnyServer(
        properties.servers(service).stream().map(GatewayProperties.Server::address).toList(),
        new UpstreamFailure(service, problems));
  }

  private static RouterFunction<ServerResponse> function(Route route, AnyServer servers) {
    return GatewayRouterFunctions.route(route.service() + " " + route.path())
        .route(RequestPredicates.path(route.path()), HandlerFunctions.http())
        .filter(servers)
        .build();
  }

  /**
   * What a request says of where it comes from was taken away before; this is what the door saw.
   */
  @Bean
  HttpHeadersFilter.RequestHttpHeadersFilter origin() {
    return new Origin();
  }

  /** As many connections to each server as may come in at the front. */
  @Bean
  HttpComponentsClientHttpRequestFactoryBuilder upstreamClient(GatewayProperties properties) {
    var timeouts =
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(properties.connectTimeout()))
            .setSocketTimeout(Timeout.of(properties.silenceMax()))
            .setTimeToLive(TimeValue.ofMinutes(5))
            .build();
    return ClientHttpRequestFactoryBuilder.httpComponents()
        .withConnectionManagerCustomizer(
            connections ->
                connections
                    .setMaxConnPerRoute(properties.connectionsMax())
                    .setMaxConnTotal(properties.connectionsMax() * properties.upstreams().size())
                    .setDefaultConnectionConfig(timeouts))
        .withHttpClientCustomizer(
            client ->
                client
                    .evictIdleConnections(IDLE)
                    .disableAutomaticRetries()
                    .disableCookieManagement()
                    .disableContentCompression());
  }
}
