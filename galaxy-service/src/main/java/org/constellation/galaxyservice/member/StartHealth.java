package org.constellation.galaxyservice.member;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up once every member has the state at which its journal begins. */
@Component("start")
class StartHealth implements HealthIndicator {

  private final GalaxyMembers members;

  StartHealth(GalaxyMembers members) {
    this.members = members;
  }

  @Override
  public Health health() {
    var health = Health.up();
    for (var member : members.hosted()) {
      member
          .trouble()
          .ifPresent(why -> health.down().withDetail("reason", member.seat().name() + ": " + why));
    }
    return health.build();
  }
}
