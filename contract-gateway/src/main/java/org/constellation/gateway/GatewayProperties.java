package org.constellation.gateway;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What stands behind the front door, and how many may come in.
 *
 * @param upstreams servers of the services by the service's name; where there are several, each can
 *     answer what is asked of the service
 * @param paths patterns of paths by the name of the service that answers them; the most specific
 *     pattern counts
 * @param connectionsMax connections that are answered; further ones are told that there are too
 *     many, and closed
 * @param connectionsPerAddressMax how many of them one address may have; 0 is no limit, and a
 *     quarter of all if nothing is said
 * @param newcomersMax connections that may be open before a whole request of theirs was read; one
 *     more costs the oldest of them its place
 * @param firstByteMax how long a connection may be open without a first byte
 * @param connectTimeout how long to wait for a service to take a connection
 * @param silenceMax how long to wait for the next byte of a service; above the pause between signs
 *     of life in event streams
 */
@Validated
@ConfigurationProperties("constellation.gateway")
public record GatewayProperties(
    @NotEmpty Map<String, @NotEmpty List<@Valid Server>> upstreams,
    @NotEmpty Map<String, List<String>> paths,
    @DefaultValue("1000") @Min(1) int connectionsMax,
    @Nullable @Min(0) Integer connectionsPerAddressMax,
    @DefaultValue("1000") @Min(1) int newcomersMax,
    @DefaultValue("2s") @NotNull Duration firstByteMax,
    @DefaultValue("2s") @NotNull Duration connectTimeout,
    @DefaultValue("40s") @NotNull Duration silenceMax) {

  // Many users may stand behind one address; three that are full still leave room for others.
  private static final int SHARE = 4;

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
   * A process that answers for a service.
   *
   * @param name what users know it by: the service, or the member that the process hosts
   * @param address where it listens
   * @param management where it says how it is
   */
  public record Server(@NotBlank String name, @NotNull URI address, @NotNull URI management) {}

  /** How many of all connections one address may have. */
  public int connectionShare() {
    if (connectionsPerAddressMax == null) {
      return Math.max(1, connectionsMax / SHARE);
    }
    return connectionsPerAddressMax == 0 ? connectionsMax : connectionsPerAddressMax;
  }

  /**
   * Where a service is.
   *
   * @throws IllegalArgumentException if there is no such service
   */
  public List<Server> servers(String service) {
    var servers = upstreams.get(service);
    if (servers == null) {
      throw new IllegalArgumentException("no address of " + service);
    }
    return servers;
  }
}
