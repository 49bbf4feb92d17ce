package org.constellation.local.network;

import java.util.List;
import java.util.Map;

/**
 * A server whose metrics a Prometheus is to read, in the form of its files of targets.
 *
 * @param targets its address
 * @param labels {@code instance}, its name, and {@code service}, of which it is one
 */
record ScrapeTarget(List<String> targets, Map<String, String> labels) {

  static ScrapeTarget of(String server, int port) {
    return new ScrapeTarget(
        List.of("127.0.0.1:" + port), Map.of("instance", server, "service", serviceOf(server)));
  }

  /** Members run their service under a name of their own. */
  private static String serviceOf(String server) {
    if (server.matches(Shape.FACILITATOR + "-\\d+")) {
      return "cluster-consensus-service";
    }
    return server.matches("galaxy-\\d+") ? "galaxy-service" : server;
  }
}
