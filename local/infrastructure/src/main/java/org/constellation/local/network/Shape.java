package org.constellation.local.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How large a network is and how it is spread over processes.
 *
 * @param facilitators members of the one cluster that run here: at least 4 if that is all of them
 * @param galaxies the same of the galaxy
 * @param processes whether every service and member is a process of its own
 * @param home whose part of a network this is; null if all of it runs here
 */
public record Shape(int facilitators, int galaxies, boolean processes, @Nullable Home home) {

  /**
   * One of several organisations that run a network together.
   *
   * @param organisation its name
   * @param broker where all find its broker, {@code host:port}
   */
  public record Home(String organisation, String broker) {}

  /** Below four members a committee tolerates no fault at all. */
  public static final int COMMITTEE_MIN = 4;

  /** More than fit on one machine; keeps a slip of the finger from starting thousands. */
  public static final int COMMITTEE_MAX = 64;

  /** What members of the one cluster are called. */
  static final String FACILITATOR = "facilitator";

  private static final String GATEWAY = "contract-gateway";

  public Shape {
    var least = home == null ? COMMITTEE_MIN : 1;
    check("facilitators", facilitators, least);
    check("galaxies", galaxies, least);
  }

  /** A whole network. */
  public Shape(int facilitators, int galaxies, boolean processes) {
    this(facilitators, galaxies, processes, null);
  }

  private static void check(String what, int size, int least) {
    if (size < least || size > COMMITTEE_MAX) {
      throw new IllegalArgumentException(
          what + " must be from " + least + " to " + COMMITTEE_MAX + ", not " + size);
    }
  }

  /** Whose part of a network this is, if only a part runs here. */
  public Optional<Home> ofOrganisation() {
    return Optional.ofNullable(home);
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
