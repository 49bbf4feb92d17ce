package org.constellation.platform.security;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.constellation.platform.web.CautiousHeaders;
import org.constellation.platform.web.CommonError;
import org.constellation.platform.web.ProblemWriter;
import org.constellation.platform.web.WebProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What every service guards itself with: the firewall and headers of Spring Security, the
 * operator's gate and the audit log; and the master key for what is kept.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EnableConfigurationProperties(SecurityProperties.class)
public class SecurityConfiguration {

  @Bean
  WebMvcConfigurer operatorGate(SecurityProperties properties) throws IOException {
    var gate = new OperatorGate(operator(properties));
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new AuditLog());
        registry.addInterceptor(gate);
      }
    };
  }

  /** Observing each filter for itself took an eighth of all that requests cost. */
  @Bean
  static SecurityObservationSettings securityObservations() {
    return SecurityObservationSettings.noObservations();
  }

  /** Nobody is kept out here: what is guarded asks for what it needs. */
  @Bean
  SecurityFilterChain guards(
      HttpSecurity http,
      ObjectProvider<Logins> logins,
      ProblemWriter problems,
      WebProperties properties) {
    http.csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(
            headers ->
                headers.contentSecurityPolicy(
                    policy -> policy.policyDirectives(CautiousHeaders.CONTENT_POLICY)))
        .cors(cors -> cors.configurationSource(origins(properties)));
    var known = logins.getIfAvailable();
    if (known != null) {
      http.oauth2ResourceServer(
          server ->
              server
                  .bearerTokenResolver(Logins.headers())
                  .authenticationManagerResolver(known)
                  .authenticationEntryPoint(
                      (request, response, reason) -> {
                        if (reason instanceof Logins.IssuerAway) {
                          problems.write(CommonError.UNAVAILABLE, response);
                          return;
                        }
                        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                        problems.write(CommonError.NOT_AUTHENTICATED, response);
                        AuditLog.refused(request, response.getStatus());
                      }));
    }
    return http.build();
  }

  /** Pages of others may ask only if they are named. */
  private static CorsConfigurationSource origins(WebProperties properties) {
    var allowed = new CorsConfiguration();
    allowed.setAllowedOrigins(properties.corsOrigins());
    allowed.setAllowedMethods(List.of("GET", "HEAD", "POST"));
    allowed.setAllowedHeaders(
        List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_TYPE,
            "Idempotency-Key",
            "Last-Event-ID"));
    allowed.setExposedHeaders(List.of(HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER));
    allowed.setMaxAge(Duration.ofHours(1));
    var source = new UrlBasedCorsConfigurationSource();
    if (!properties.corsOrigins().isEmpty()) {
      source.registerCorsConfiguration("/**", allowed);
    }
    return source;
  }

  /** Methods are left to the dispatcher, which says which ones an address knows. */
  @Bean
  HttpFirewall firewall() {
    var firewall = new StrictHttpFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    return firewall;
  }

  private static Optional<TokenHash> operator(SecurityProperties properties) throws IOException {
    var file = properties.operatorTokenFile();
    return file == null ? Optional.empty() : Optional.of(TokenHash.read(file));
  }

  /** Made when a service asks for it, which those do that keep keys. */
  @Bean
  @Lazy
  MasterKey masterKey(SecurityProperties properties) throws IOException {
    var random = new SecureRandom();
    var token = properties.masterKeyToken();
    if (token != null) {
      return MasterKey.inToken(token, random);
    }
    var text = properties.masterKey();
    if (text != null) {
      return MasterKey.parse(text, random);
    }
    var file = properties.masterKeyFile();
    if (file == null) {
      throw new IOException(
          "a master key is needed: constellation.security.master-key-file, .master-key or"
              + " .master-key-token");
    }
    return MasterKey.read(file, random);
  }
}
