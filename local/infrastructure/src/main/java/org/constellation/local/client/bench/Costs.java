package org.constellation.local.client.bench;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.LocalNetwork;
import org.constellation.local.network.Shape;

/**
 * What a network used between two moments.
 *
 * @param processorTime of each process
 * @param checks that each server made, by the name of the server
 */
record Costs(ProcessorTime.Used processorTime, Map<String, SignatureChecks> checks) {

  Costs {
    checks = Map.copyOf(checks);
  }

  /** What it has used so far. */
  record Reading(ProcessorTime processorTime, Map<String, SignatureChecks> checks) {

    Reading {
      checks = Map.copyOf(checks);
    }

    static Reading now(DataDirectory data) throws IOException {
      var processorTime = ProcessorTime.now(data.processes());
      var ports = data.endpoints();
      var checks = new TreeMap<String, SignatureChecks>();
      for (var server : data.shape().orElseThrow(() -> new IOException("no network")).servers()) {
        var port = ports.get(Shape.management(server));
        checks.put(server, port == null ? SignatureChecks.UNKNOWN : SignatureChecks.ofServer(port));
      }
      return new Reading(processorTime, checks);
    }

    Costs since(Reading earlier) {
      var used = processorTime.since(earlier.processorTime);
      var difference = new TreeMap<String, SignatureChecks>();
      checks.forEach(
          (server, made) ->
              difference.put(
                  server,
                  // Counted over the same time as what its process used.
                  used.begun().contains(server) || used.begun().contains(LocalNetwork.SERVICES)
                      ? made
                      : made.since(earlier.checks.getOrDefault(server, SignatureChecks.UNKNOWN))));
      return new Costs(used, difference);
    }
  }
}
