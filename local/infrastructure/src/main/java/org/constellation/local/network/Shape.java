package org.constellation.local.network;

import java.util.ArrayList;
import java.util.List;

/**
 * How large a network is and how it is spread over processes.
 *
 * @param facilitators members of the one cluster, at least 4
 * @param galaxies members of the galaxy, at least 4
 * @param processes whether every service and member is a process of its own
 */
public record Shape(int facilitators, int galaxies, boolean processes) {

  /** Below four members a committee tolerates no fault at all. */
  public static final int COMMITTEE_MIN = 4;

  /** More than fit on one machine; keeps a slip of the finger from starting thousands. */
  public static final int COMMITTEE_MAX = 64;

  /** What members of the one cluster are called. */
  static final String FACILITATOR = "facilitator";

  private static final String GATEWAY = "contract-gateway";

  public Shape {
    check("facilitators", facilitators);
    check("galaxies", galaxies);
  }

  private static void check(String what, int size) {
    if (size < COMMITTEE_MIN || size > COMMITTEE_MAX) {
      throw new IllegalArgumentException(
          what + " must be from " + COMMITTEE_MIN + " to " + COMMITTEE_MAX + ", not " + size);
    }
  }

  /** The one service that users talk to. */
  public static String gateway() {
    return GATEWAY;
  }

  /** Every committee member, by the name that its process has or would have. */
  public List<String> members() {
    var members = numbered(FACILITATOR, facilitators);
    members.addAll(numbered("galaxy", galaxies));
    return members;
  }

  /** Everything that answers HTTP: with {@link #processes} every member, else every service. */
  public List<String> servers() {
    var servers = new ArrayList<String>();
    servers.add("star-service");
    if (processes) {
      servers.addAll(members());
    } else {
      servers.add("cluster-consensus-service");
      servers.add("galaxy-service");
    }
    servers.add("blackhole-ledger");
    servers.add(GATEWAY);
    return List.copyOf(servers);
  }

  /** The name of the port on which a server says how it is and shows its metrics. */
  public static String management(String server) {
    return server + "-management";
  }

  private static List<String> numbered(String stem, int count) {
    var names = new ArrayList<String>();
    for (int number = 1; number <= count; number++) {
      names.add(stem + "-" + number);
    }
    return names;
  }
}
