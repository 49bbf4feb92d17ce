package org.constellation.blackhole;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What this service is told.
 *
 * @param keyFile seed of the key that signs its answers and its word that blocks are stored
 */
@Validated
@ConfigurationProperties("constellation.blackhole")
public record BlackholeProperties(@NotNull Path keyFile) {}
