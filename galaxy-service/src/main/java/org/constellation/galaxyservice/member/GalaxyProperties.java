package org.constellation.galaxyservice.member;

import jakarta.validation.constraints.NotEmpty;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Which galaxy members this process hosts.
 *
 * @param members a directory with keys and journal for each; in production there is one
 * @param keeperKey public key of the own organisation's blackhole-ledger, in hexadecimal: what that
 *     has stored is not kept here. Without one, blocks are kept for good
 */
@Validated
@ConfigurationProperties("constellation.galaxy")
public record GalaxyProperties(@NotEmpty List<Path> members, @Nullable String keeperKey) {

  public GalaxyProperties {
    members = List.copyOf(members);
  }
}
