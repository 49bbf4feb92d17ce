package org.constellation.clusterconsensus.facilitator;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up while every facilitator follows the ledger. */
@Component("ledger")
class LedgerHealth implements HealthIndicator {

  private final Facilitators facilitators;

  LedgerHealth(Facilitators facilitators) {
    this.facilitators = facilitators;
  }

  @Override
  public Health health() {
    var health = Health.up();
    for (var facilitator : facilitators.hosted()) {
      var name = facilitator.seat().name();
      var trouble = facilitator.trouble();
      if (trouble.isPresent()) {
        health.down().withDetail("reason", name + ": " + trouble.get());
      }
      health.withDetail(name, trouble.orElseGet(() -> "height " + facilitator.ledger().height()));
    }
    return health.build();
  }
}
