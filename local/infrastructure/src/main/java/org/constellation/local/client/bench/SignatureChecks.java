package org.constellation.local.client.bench;

import java.io.IOException;
import java.net.URI;
import java.util.function.Predicate;
import org.constellation.local.client.Network;

/**
 * Signatures that a server checked, by its own figures.
 *
 * @param count how many
 * @param nanos the processor time that it took
 */
record SignatureChecks(double count, double nanos) {

  static final SignatureChecks NONE = new SignatureChecks(0, 0);

  /** Of a server that does not tell; nor is any sum told that it belongs to. */
  static final SignatureChecks UNKNOWN = new SignatureChecks(Double.NaN, Double.NaN);

  private static final String COUNT = "constellation_signature_checks_seconds_count";
  private static final String SECONDS = "constellation_signature_checks_seconds_sum";
  private static final double NANOS_A_SECOND = 1e9;

  /** All that the server with this management port of this machine has checked so far. */
  static SignatureChecks ofServer(int port) {
    try (var server = new Network(URI.create("http://127.0.0.1:" + port))) {
      return of(server.getText("/actuator/prometheus"));
    } catch (IOException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }

  /** The sum over all members that {@code metrics} tell of. */
  static SignatureChecks of(String metrics) {
    return new SignatureChecks(
        sum(metrics, line -> line.startsWith(COUNT)),
        sum(metrics, line -> line.startsWith(SECONDS)) * NANOS_A_SECOND);
  }

  private static double sum(String metrics, Predicate<String> isMeant) {
    return metrics
        .lines()
        .filter(isMeant)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  SignatureChecks plus(SignatureChecks others) {
    return new SignatureChecks(count + others.count, nanos + others.nanos);
  }

  /** Those made since {@code earlier}; unknown if the server began anew. */
  SignatureChecks since(SignatureChecks earlier) {
    return count < earlier.count
        ? UNKNOWN
        : new SignatureChecks(count - earlier.count, nanos - earlier.nanos);
  }
}
