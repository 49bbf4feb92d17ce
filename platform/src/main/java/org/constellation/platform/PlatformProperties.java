package org.constellation.platform;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What every service of a network needs to know.
 *
 * @param genesisFile the network's beginning; its hash names the network
 */
@Validated
@ConfigurationProperties("constellation")
public record PlatformProperties(@NotNull Path genesisFile) {}
