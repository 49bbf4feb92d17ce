package org.constellation.platform.follow;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while the ledger is followed; otherwise says why not. */
public final class FollowerHealth implements HealthIndicator {

  private final LedgerFollower follower;

  /** Watches {@code follower}. */
  public FollowerHealth(LedgerFollower follower) {
    this.follower = follower;
  }

  @Override
  public Health health() {
    var trouble = follower.trouble();
    var health = trouble.isEmpty() ? Health.up() : Health.down();
    trouble.ifPresent(why -> health.withDetail("reason", why));
    return health.withDetail("height", follower.height()).build();
  }
}
