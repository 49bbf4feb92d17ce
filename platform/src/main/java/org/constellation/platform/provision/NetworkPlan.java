package org.constellation.platform.provision;

import java.util.List;
import org.constellation.protocol.block.Genesis;

/**
 * What network to make.
 *
 * @param name in lower-case letters and digits; part of every topic's name
 * @param facilitators of cluster 0
 * @param galaxyMembers of the galaxy
 * @param parameters the network's
 * @param timeMillis when ledger time starts
 * @param services whose envelopes need a key of their own
 */
public record NetworkPlan(
    String name,
    int facilitators,
    int galaxyMembers,
    Genesis.Parameters parameters,
    long timeMillis,
    List<String> services) {

  /** Most members of one committee. */
  public static final int MEMBERS_MAX = 32;

  /** All no0s of a new network; the treasury holds them. */
  public static final long TREASURY_NO0S = 1_000_000_000_000_000L;

  /** The treasury pays out to many at once: it may have this many holds open. */
  public static final int TREASURY_HOLDS_MAX = 100_000;

  public NetworkPlan {
    services = List.copyOf(services);
    requireMembers(facilitators, "facilitators");
    requireMembers(galaxyMembers, "galaxy members");
  }

  private static void requireMembers(int count, String what) {
    if (count < 1 || count > MEMBERS_MAX) {
      throw new IllegalArgumentException("1.." + MEMBERS_MAX + " " + what + ", not " + count);
    }
  }
}
