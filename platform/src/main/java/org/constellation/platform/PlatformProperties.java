package org.constellation.platform;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What every service of a network needs to know.
 *
 * @param genesisFile the network's beginning; its hash names the network
 * @param organisation who runs this process, as the genesis names it; needed if organisations have
 *     brokers of their own
 */
@Validated
@ConfigurationProperties("constellation")
public record PlatformProperties(@NotNull Path genesisFile, @Nullable String organisation) {}
