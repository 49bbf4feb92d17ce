package org.constellation.platform.transport;

import java.util.ArrayList;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says whose broker is away. Only the home broker's absence is this service's trouble: another
 * organisation can cut off itself, and nobody else.
 */
public final class BrokersHealth implements HealthIndicator {

  private final BrokerWatch watch;

  /** Shows what {@code watch} sees. */
  public BrokersHealth(BrokerWatch watch) {
    this.watch = watch;
  }

  @Override
  public Health health() {
    var health = Health.up();
    var away = new ArrayList<String>();
    for (var state : watch.states()) {
      if (!state.isAway()) {
        health.withDetail(state.organisation(), "answers");
        continue;
      }
      if (state.isHome()) {
        health.down();
      }
      var why = state.reason().isEmpty() ? "" : ": " + state.reason();
      var words = "unreachable for " + state.silence().toSeconds() + " s" + why;
      health.withDetail(state.organisation(), words);
      away.add("broker of " + state.organisation() + " " + words);
    }
    if (!away.isEmpty()) {
      health.withDetail("reason", String.join("; ", away));
    }
    return health.build();
  }
}
