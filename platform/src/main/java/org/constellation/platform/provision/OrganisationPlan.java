package org.constellation.platform.provision;

import java.util.List;

/**
 * What keys an organisation makes.
 *
 * @param organisation its name
 * @param broker where all others find its broker, {@code host:port}
 * @param facilitators of cluster 0
 * @param galaxyMembers of the galaxy
 * @param treasury whether it keeps the star that holds all no0s in the beginning
 * @param services whose envelopes need a key of their own
 */
public record OrganisationPlan(
    String organisation,
    String broker,
    int facilitators,
    int galaxyMembers,
    boolean treasury,
    List<String> services) {

  public OrganisationPlan {
    services = List.copyOf(services);
    requireMembers(facilitators, "facilitators");
    requireMembers(galaxyMembers, "galaxy members");
  }

  private static void requireMembers(int count, String what) {
    if (count < 1 || count > NetworkPlan.MEMBERS_MAX) {
      throw new IllegalArgumentException(
          "1..%d %s, not %d".formatted(NetworkPlan.MEMBERS_MAX, what, count));
    }
  }
}
