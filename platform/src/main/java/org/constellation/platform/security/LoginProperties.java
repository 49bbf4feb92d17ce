package org.constellation.platform.security;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may log in, beside those whom {@code spring.security.oauth2.resourceserver.jwt.issuer-uri}
 * vouches for.
 *
 * @param keysFile public keys (a JWK set) of {@code ./constellation login}, in the place of an
 *     issuer; read again when it changes, and need not be there yet
 * @param apiKeys of machines, by name
 */
@Validated
@ConfigurationProperties("constellation.login")
record LoginProperties(@Nullable Path keysFile, @DefaultValue Map<String, @Valid ApiKey> apiKeys) {

  LoginProperties {
    apiKeys = Map.copyOf(apiKeys);
  }

  /**
   * @param hash of the key, as {@code ./constellation api-key} prints it; the key itself is stored
   *     nowhere
   * @param scopes what its holder may do
   */
  record ApiKey(
      @NotNull @Pattern(regexp = "[0-9a-f]{64}") String hash, @NotEmpty Set<String> scopes) {}
}
