package org.constellation.platform.hosting;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The pace at which certified blocks are handed on.
 *
 * @param turn one member sends a block at once, the next after this time, and so on, unless the
 *     block has arrived meanwhile
 * @param resendFirst after this time a block that has not arrived is sent again
 * @param resendMax the time between two sendings doubles up to this
 */
@Validated
@ConfigurationProperties("constellation.hosting")
public record HostingProperties(
    @DefaultValue("1s") @NotNull Duration turn,
    @DefaultValue("3s") @NotNull Duration resendFirst,
    @DefaultValue("30s") @NotNull Duration resendMax) {}
