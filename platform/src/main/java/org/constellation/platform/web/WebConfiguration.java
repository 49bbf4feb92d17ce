package org.constellation.platform.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import org.apache.catalina.core.StandardHost;
import org.constellation.platform.observe.LogContextFilter;
import org.constellation.platform.observe.MetricMeanings;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** The one error format, the limit of bodies and what metrics mean, for any servlet application. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebProperties.class)
@Import({ProblemAdvice.class, ProblemErrorController.class})
public class WebConfiguration {

  @Bean
  static MeterFilter metricMeanings() {
    return new MetricMeanings();
  }

  @Bean
  ProblemCounter problemCounter(MeterRegistry meters) {
    return new ProblemCounter(meters);
  }

  @Bean
  ProblemWriter problemWriter(ProblemCounter problems) {
    return new ProblemWriter(problems);
  }

  /** Only where a service says how it tells callers apart. */
  @Bean
  FilterRegistrationBean<RateLimit> rateLimit(
      WebProperties properties, ObjectProvider<RateLimit.Caller> callers, ProblemWriter problems) {
    var perSecond = properties.requestsPerSecond();
    var caller = callers.getIfAvailable(() -> _ -> null);
    var registration = new FilterRegistrationBean<>(new RateLimit(perSecond, caller, problems));
    registration.setEnabled(perSecond > 0);
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
    return registration;
  }

  @Bean
  FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(
      WebProperties properties, ProblemWriter problems) {
    var registration = new FilterRegistrationBean<>(new BodyLimitFilter(properties, problems));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    return registration;
  }

  @Bean
  FilterRegistrationBean<LogContextFilter> logContextFilter(
      @Value("${spring.application.name:unnamed}") String service) {
    var registration = new FilterRegistrationBean<>(new LogContextFilter(service));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> containerProblems(
      ProblemCounter problems) {
    return factory ->
        factory.addContextCustomizers(
            context -> {
              if (context.getParent() instanceof StandardHost host) {
                // The host makes one by its name only if none of that name is there.
                host.setErrorReportValveClass(ProblemReportValve.class.getName());
                host.getPipeline().addValve(new ProblemReportValve(problems));
              }
            });
  }
}
