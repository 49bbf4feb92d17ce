package org.constellation.local.client.bench;

import java.io.IOException;
import org.constellation.local.network.DataDirectory;

/**
 * What a network has used so far.
 *
 * @param signatureChecks by the network's own counters, NaN where a server did not tell
 */
record Costs(ProcessorTime processorTime, double signatureChecks) {

  static Costs now(DataDirectory data) throws IOException {
    return new Costs(ProcessorTime.now(data.processes()), checks(data));
  }

  private static double checks(DataDirectory data) throws IOException {
    try {
      return SignatureChecks.count(Bench.serverPorts(data));
    } catch (IOException e) {
      return Double.NaN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Double.NaN;
    }
  }

  Costs since(Costs earlier) {
    return new Costs(
        processorTime.since(earlier.processorTime), signatureChecks - earlier.signatureChecks);
  }
}
