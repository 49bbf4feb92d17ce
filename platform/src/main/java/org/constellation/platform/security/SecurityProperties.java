package org.constellation.platform.security;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the secrets are, and what may be done without any.
 *
 * @param operatorTokenFile holds the operator's bearer token or, which is all that it takes, its
 *     hash; without one, nobody is the operator
 * @param masterKeyFile holds the service's master key; only services that keep keys need one
 * @param masterKey the same as 32 bytes in base64, for instance from the environment
 * @param masterKeyToken the same in a token that it never leaves
 * @param openCustody whether anybody may have this service keep a new star's key; otherwise that
 *     takes a login
 */
@ConfigurationProperties("constellation.security")
public record SecurityProperties(
    @Nullable Path operatorTokenFile,
    @Nullable Path masterKeyFile,
    @Nullable String masterKey,
    @Nullable Token masterKeyToken,
    boolean openCustody) {

  /**
   * A key in a token, by PKCS #11.
   *
   * @param configFile of the JDK's provider SunPKCS11: the library, and which slot
   * @param pinFile holds the token's PIN
   * @param key its alias
   */
  public record Token(Path configFile, Path pinFile, String key) {}

  /** Never the key. */
  @Override
  public String toString() {
    return "security settings";
  }
}
