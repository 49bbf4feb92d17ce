package org.constellation.platform.member;

import java.util.stream.Collectors;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Up while every hosted member's committee makes progress; otherwise says why not. */
public final class MembersHealth implements HealthIndicator {

  private final Members members;

  /** Watches {@code members}. */
  public MembersHealth(Members members) {
    this.members = members;
  }

  @Override
  public Health health() {
    var views = members.views();
    var stalled = views.stream().filter(view -> view.stalled().isPresent()).toList();
    var health = stalled.isEmpty() ? Health.up() : Health.down();
    for (var view : views) {
      health.withDetail(
          view.name(),
          view.stalled().orElseGet(() -> "certified " + view.certified() + silence(view)));
    }
    if (!stalled.isEmpty()) {
      health.withDetail("reason", stalled.getFirst().stalled().orElse("stalled"));
    }
    return health.build();
  }

  private static String silence(MemberView view) {
    if (view.silent().isEmpty()) {
      return "";
    }
    return view.silent().stream()
        .map(MemberView.Silent::name)
        .collect(Collectors.joining(", ", ", silent: ", ""));
  }
}
