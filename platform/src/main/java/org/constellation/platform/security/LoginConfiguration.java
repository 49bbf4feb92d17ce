package org.constellation.platform.security;

import java.nio.file.Path;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Logins by access tokens and API keys, for services that guard something. An issuer is Spring
 * Boot's own setting; {@code constellation.login.keys-file} takes its place where there is none.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LoginProperties.class)
public class LoginConfiguration {

  /** Issuer and audience of tokens that {@code ./constellation login} signs. */
  static final String LOCAL_ISSUER = "constellation-local";

  static final String AUDIENCE = "constellation";

  /** Spring Boot has it checked beside issuer, audience and times. */
  @Bean
  OAuth2TokenValidator<Jwt> completeToken() {
    return LoginConfiguration::complete;
  }

  /** A token without an end would be good for ever, and one without a subject names nobody. */
  private static OAuth2TokenValidatorResult complete(Jwt token) {
    var subject = token.getSubject();
    return token.getExpiresAt() == null || subject == null || subject.isBlank()
        ? OAuth2TokenValidatorResult.failure(
            new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "sub and exp are needed", null))
        : OAuth2TokenValidatorResult.success();
  }

  @Bean
  @ConditionalOnProperty("constellation.login.keys-file")
  JwtDecoder keysFile(LoginProperties properties) {
    var file = properties.keysFile();
    return decoder(file == null ? Path.of("") : file);
  }

  static JwtDecoder decoder(Path keys) {
    var decoder =
        NimbusJwtDecoder.withJwkSource(new KeysFile(keys))
            .jwsAlgorithm(SignatureAlgorithm.ES256)
            .build();
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(
            JwtValidators.createDefaultWithIssuer(LOCAL_ISSUER),
            new JwtAudienceValidator(AUDIENCE),
            LoginConfiguration::complete));
    return decoder;
  }

  @Bean
  Logins logins(LoginProperties properties, ObjectProvider<JwtDecoder> decoder) {
    return new Logins(new ApiKeys(properties.apiKeys()), decoder.getIfAvailable());
  }
}
