package org.constellation.platform.observe;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sends transactions' steps to OpenTelemetry where {@code constellation.trail.endpoint} is set. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("constellation.trail.endpoint")
public class TrailConfiguration {

  @Bean(destroyMethod = "close")
  TrailExport trailExport(
      @Value("${spring.application.name:unnamed}") String service,
      @Value("${constellation.trail.endpoint}") String endpoint) {
    return new TrailExport(service, endpoint);
  }
}
