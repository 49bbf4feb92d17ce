package org.constellation.gateway.limit;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.catalina.connector.Connector;
import org.constellation.gateway.GatewayProperties;
import org.constellation.platform.web.Address;
import org.constellation.platform.web.RateLimit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Limits connections, and counts them. */
@Configuration(proxyBeanMethods = false)
class LimitConfiguration {

  /** Connections that are open at the front door. */
  static final String CONNECTIONS = "constellation.gateway.connections";

  /** Connections beyond the limit, which were told so and closed. */
  static final String REFUSED = "constellation.gateway.connections.refused";

  /** Connections of which no whole request was read yet, and which were closed for newer ones. */
  static final String DROPPED = "constellation.gateway.connections.dropped";

  /** Connections that the operating system holds back while the container takes no more. */
  private static final int BACKLOG = 100;

  /** Open connections of the container, once there is one. */
  static final class OpenConnections {
    private final AtomicReference<@Nullable FrontDoorProtocol> protocol = new AtomicReference<>();

    long count() {
      var known = protocol.get();
      return known == null ? 0 : known.getConnectionCount();
    }

    Set<String> names() {
      var known = protocol.get();
      return known == null ? Set.of() : known.open();
    }
  }

  @Bean
  RateLimit.Caller caller() {
    return Address::of;
  }

  @Bean
  OpenConnections openConnections(MeterRegistry meters) {
    var open = new OpenConnections();
    meters.gauge(CONNECTIONS, open, OpenConnections::count);
    return open;
  }

  @Bean
  LetIn letIn(GatewayProperties properties, OpenConnections open) {
    return new LetIn(properties.connectionsMax(), properties.connectionShare(), open::names);
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectionLimits(
      GatewayProperties properties, OpenConnections open, LetIn letIn, MeterRegistry meters) {
    var dropped = meters.counter(DROPPED);
    var newcomers = new Newcomers(properties.newcomersMax(), letIn::contains, dropped::increment);
    return factory -> {
      factory.setProtocol(FrontDoorProtocol.class.getName());
      factory.addConnectorCustomizers(
          (Connector connector) -> {
            if (connector.getProtocolHandler() instanceof FrontDoorProtocol protocol) {
              protocol.setMaxConnections(
                  properties.connectionsMax()
                      + properties.newcomersMax()
                      + ConnectionLimit.REFUSED_AT_ONCE);
              protocol.setAcceptCount(BACKLOG);
              protocol.welcome(newcomers, Math.toIntExact(properties.firstByteMax().toMillis()));
              open.protocol.set(protocol);
            }
          });
    };
  }

  @Bean
  FilterRegistrationBean<ConnectionLimit> connectionLimit(LetIn letIn, MeterRegistry meters) {
    var refused = meters.counter(REFUSED);
    var registration = new FilterRegistrationBean<>(new ConnectionLimit(letIn, refused::increment));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }
}
