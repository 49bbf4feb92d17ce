package org.constellation.platform.web;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Limits of HTTP.
 *
 * @param bodyMax largest request body
 * @param bodyTimeMax how long a body may take to arrive
 * @param corsOrigins pages of which browsers may ask here; none by default
 * @param requestsPerSecond of one caller, where a service tells callers apart; 0 for no limit
 */
@Validated
@ConfigurationProperties("constellation.web")
public record WebProperties(
    @DefaultValue("1MB") @NotNull DataSize bodyMax,
    @DefaultValue("30s") @NotNull Duration bodyTimeMax,
    @DefaultValue List<String> corsOrigins,
    @DefaultValue("0") @PositiveOrZero int requestsPerSecond) {

  public WebProperties {
    corsOrigins = List.copyOf(corsOrigins);
  }
}
