package org.constellation.platform.topics;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while all topics are there; otherwise says why they may not be. */
public final class TopicsHealth implements HealthIndicator {

  private final TopicKeeper keeper;

  /** Watches {@code keeper}. */
  public TopicsHealth(TopicKeeper keeper) {
    this.keeper = keeper;
  }

  @Override
  public Health health() {
    return keeper
        .trouble()
        .map(why -> Health.down().withDetail("reason", "topics: " + why).build())
        .orElseGet(() -> Health.up().build());
  }
}
