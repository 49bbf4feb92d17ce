package org.constellation.local.command;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.constellation.local.client.Network;

/** Tells how a transaction proceeds. */
final class TransactionWatch {

  private static final Duration LOOK = Duration.ofMillis(25);

  private TransactionWatch() {}

  /** Prints every status until the last; exit code 0 if that is FINAL. */
  static int untilEnd(Network network, String transaction)
      throws IOException, InterruptedException {
    var begin = System.nanoTime();
    var shown = "";
    while (true) {
      var standing = network.standing(transaction);
      if (!standing.status().equals(shown)) {
        shown = standing.status();
        System.out.printf(
            Locale.ROOT,
            "%8.2f s  %s %s%n",
            (System.nanoTime() - begin) / 1e9,
            standing.status(),
            standing.reason());
        System.out.flush();
      }
      if (standing.isEnd()) {
        return standing.status().equals("FINAL") ? 0 : 1;
      }
      Thread.sleep(LOOK);
    }
  }
}
