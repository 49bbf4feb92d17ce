package org.constellation.platform.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The operator's gate, and the master key where one is configured. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecurityProperties.class)
public class SecurityConfiguration {

  @Bean
  WebMvcConfigurer operatorGate(SecurityProperties properties) throws IOException {
    var gate = new OperatorGate(operator(properties));
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(gate);
      }
    };
  }

  private static Optional<TokenHash> operator(SecurityProperties properties) throws IOException {
    var file = properties.operatorTokenFile();
    if (file == null) {
      return Optional.empty();
    }
    var text = new String(SecretFile.read(file), StandardCharsets.US_ASCII).strip();
    var token = BearerToken.parse(text);
    if (token.isEmpty()) {
      throw new IOException(file + " holds no bearer token");
    }
    return token.map(BearerToken::hash);
  }

  @Bean
  @ConditionalOnProperty("constellation.security.master-key-file")
  MasterKey masterKey(SecurityProperties properties) throws IOException {
    var file = properties.masterKeyFile();
    if (file == null) {
      throw new IOException("constellation.security.master-key-file is empty");
    }
    return MasterKey.read(file, new SecureRandom());
  }
}
