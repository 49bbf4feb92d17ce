package org.constellation.local.client.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import org.constellation.local.client.Network;
import org.constellation.protocol.crypto.Ed25519;

/** How many signatures the network checks, by its own counters, and what one costs here. */
final class SignatureChecks {

  private static final String COUNTER = "constellation_signature_checks_total";
  private static final int WARM_UP = 4_000;
  private static final int MEASURED = 4_000;

  private SignatureChecks() {}

  /** The sum of all counters of the servers on these ports. */
  static double count(Collection<Integer> ports) throws IOException, InterruptedException {
    var sum = 0.0;
    for (var port : ports) {
      try (var server = new Network(URI.create("http://127.0.0.1:" + port))) {
        sum += sum(server.getText("/actuator/prometheus"));
      }
    }
    return sum;
  }

  static double sum(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(COUNTER))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Nanoseconds that one check takes on one processor of this machine, with nothing else to do. */
  static double nanosPerCheck() {
    var ed25519 = Ed25519.best();
    var key = ed25519.signingKey(new byte[32]);
    var message = new byte[32];
    var signature = key.sign(message);
    var valid = true;
    for (var check = 0; check < WARM_UP; check++) {
      valid &= ed25519.verify(key.publicKey(), message, signature);
    }
    var begin = System.nanoTime();
    for (var check = 0; check < MEASURED; check++) {
      valid &= ed25519.verify(key.publicKey(), message, signature);
    }
    var nanos = System.nanoTime() - begin;
    if (!valid) {
      throw new IllegalStateException("a correct signature was refused");
    }
    return (double) nanos / MEASURED;
  }
}
