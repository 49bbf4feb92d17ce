package org.constellation.platform.security;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the secrets are.
 *
 * @param operatorTokenFile holds the operator's bearer token; without one, nobody is the operator
 * @param masterKeyFile holds the service's master key; only services that keep keys need one
 */
@ConfigurationProperties("constellation.security")
public record SecurityProperties(@Nullable Path operatorTokenFile, @Nullable Path masterKeyFile) {}
