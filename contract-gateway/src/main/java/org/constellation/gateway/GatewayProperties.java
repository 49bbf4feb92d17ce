package org.constellation.gateway;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What stands behind the front door, and how many may come in.
 *
 * @param upstreams addresses of the services by name
 * @param paths patterns of paths by the name of the service that answers them; the most specific
 *     pattern counts
 * @param connectionsMax connections that are answered; further ones are told that there are too
 *     many, and closed
 * @param connectTimeout how long to wait for a service to take a connection
 * @param silenceMax how long to wait for the next byte of a service; above the pause between signs
 *     of life in event streams
 */
@Validated
@ConfigurationProperties("constellation.gateway")
public record GatewayProperties(
    @NotEmpty Map<String, URI> upstreams,
    @NotEmpty Map<String, List<String>> paths,
    @DefaultValue("1000") @Min(1) int connectionsMax,
    @DefaultValue("2s") @NotNull Duration connectTimeout,
    @DefaultValue("40s") @NotNull Duration silenceMax) {

  public GatewayProperties {
    upstreams = new LinkedHashMap<>(upstreams);
    paths = new LinkedHashMap<>(paths);
    for (var service : paths.keySet()) {
      if (!upstreams.containsKey(service)) {
        throw new IllegalArgumentException("no address of " + service);
      }
    }
  }

  /**
   * Where a service is.
   *
   * @throws IllegalArgumentException if there is no such service
   */
  public URI address(String service) {
    var address = upstreams.get(service);
    if (address == null) {
      throw new IllegalArgumentException("no address of " + service);
    }
    return address;
  }
}
