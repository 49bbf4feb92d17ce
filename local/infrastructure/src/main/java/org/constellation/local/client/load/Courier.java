package org.constellation.local.client.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.constellation.local.client.Network;
import org.constellation.local.client.RequestRefused;

/** Hands requests in until they are answered for good. Safe to use from many threads. */
public final class Courier {

  private static final Duration PAUSE_MIN = Duration.ofMillis(50);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(2);

  /** Refusals that time heals: the galaxy gives homes a moment after a star was opened. */
  private static final Set<String> UNTIL_LATER =
      Set.of("STAR_WITHOUT_HOME", "COUNTERPARTY_WITHOUT_HOME", "UNKNOWN_ASSET");

  private volatile String trouble = "";

  /** A request that may be repeated. */
  @FunctionalInterface
  public interface Request<T> {

    /** Asks once. */
    T ask() throws IOException, InterruptedException;
  }

  /** Sends a payment until it is accepted. */
  public Network.Accepted deliver(Network network, PaymentOrder order)
      throws RequestRefused, InterruptedException {
    return untilAnswered(() -> network.pay(order.payment(), order.token(), order.repeatKey()));
  }

  /**
   * Asks until there is an answer, with longer and longer pauses.
   *
   * @throws RequestRefused if it would be refused at any other time, too
   */
  public <T> T untilAnswered(Request<T> request) throws RequestRefused, InterruptedException {
    var pause = PAUSE_MIN;
    while (true) {
      try {
        var answer = request.ask();
        trouble = "";
        return answer;
      } catch (RequestRefused e) {
        if (!e.isTemporary() && !UNTIL_LATER.contains(e.code())) {
          throw e;
        }
        trouble = String.valueOf(e.getMessage());
      } catch (IOException e) {
        trouble = "nobody answers: " + e;
      }
      Thread.sleep(pause);
      var next = pause.multipliedBy(2);
      pause = next.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : next;
    }
  }

  /** What is in the way at the moment; empty while all is well. */
  public String trouble() {
    return trouble;
  }
}
