package org.constellation.clusterconsensus.facilitator;

import jakarta.validation.constraints.NotEmpty;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Which facilitators this process hosts.
 *
 * @param members a directory with keys and journal for each; in production there is one
 */
@Validated
@ConfigurationProperties("constellation.cluster-consensus")
public record FacilitatorProperties(@NotEmpty List<Path> members) {

  public FacilitatorProperties {
    members = List.copyOf(members);
  }
}
