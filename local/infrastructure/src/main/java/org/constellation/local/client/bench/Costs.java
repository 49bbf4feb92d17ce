package org.constellation.local.client.bench;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.constellation.local.network.DataDirectory;

/**
 * What a network has used so far.
 *
 * @param processorTime of each process
 * @param checks that each server made, by the name of the server
 */
record Costs(ProcessorTime processorTime, Map<String, SignatureChecks> checks) {

  Costs {
    checks = Map.copyOf(checks);
  }

  static Costs now(DataDirectory data) throws IOException {
    var processorTime = ProcessorTime.now(data.processes());
    var ports = data.endpoints();
    var checks = new TreeMap<String, SignatureChecks>();
    for (var server : data.shape().orElseThrow(() -> new IOException("no network")).servers()) {
      var port = ports.get(server);
      checks.put(server, port == null ? SignatureChecks.UNKNOWN : SignatureChecks.ofServer(port));
    }
    return new Costs(processorTime, checks);
  }

  Costs since(Costs earlier) {
    var difference = new TreeMap<String, SignatureChecks>();
    checks.forEach(
        (server, made) ->
            difference.put(
                server, made.since(earlier.checks.getOrDefault(server, SignatureChecks.UNKNOWN))));
    return new Costs(processorTime.since(earlier.processorTime), difference);
  }
}
