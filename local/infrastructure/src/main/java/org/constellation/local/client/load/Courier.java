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

  /**
   * Answers that there is a defect, to one request, after which it is given up: with the pauses
   * between them almost two minutes. A part of the network that is away is no defect, and is waited
   * for.
   */
  private static final int DEFECTS_MAX = 60;

  /** Refusals that time heals: the galaxy gives homes a moment after a star was opened. */
  private static final Set<String> UNTIL_LATER =
      Set.of("STAR_WITHOUT_HOME", "COUNTERPARTY_WITHOUT_HOME", "UNKNOWN_ASSET");

  private static final long FOR_EVER = Long.MAX_VALUE;

  private final Duration pauseMax;
  private final long patienceNanos;
  private final Set<String> untilLater;
  private volatile String trouble = "";

  /** Never gives up; waits up to two seconds before it asks again. */
  public Courier() {
    this(PAUSE_MAX);
  }

  Courier(Duration pauseMax) {
    this(pauseMax, FOR_EVER, UNTIL_LATER);
  }

  private Courier(Duration pauseMax, long patienceNanos, Set<String> untilLater) {
    this.pauseMax = pauseMax;
    this.patienceNanos = patienceNanos;
    this.untilLater = untilLater;
  }

  /**
   * One for somebody who watches: it asks no more when {@code patience} is over, and takes every
   * refusal of what was asked for the answer, also where time might heal it.
   */
  public static Courier forAtMost(Duration patience) {
    return new Courier(PAUSE_MAX, patience.toNanos(), Set.of());
  }

  /** A request that may be repeated. */
  @FunctionalInterface
  public interface Request<T> {

    /** Asks once. */
    T ask() throws IOException, InterruptedException;
  }

  /** Sends a payment until it is accepted. */
  public Network.Accepted deliver(Network network, PaymentOrder order)
      throws IOException, InterruptedException {
    return untilAnswered(() -> network.pay(order.payment(), order.token(), order.repeatKey()));
  }

  /**
   * Asks until there is an answer, with longer and longer pauses, while nobody answers, or the
   * network says that it cannot now.
   *
   * @throws RequestRefused if it would be refused at any other time, too; or if it meets a defect
   *     again and again, and then nobody knows whether it was done
   * @throws IOException what was in the way last, if patience has an end and that has come; then
   *     nobody knows either
   */
  public <T> T untilAnswered(Request<T> request) throws IOException, InterruptedException {
    var begin = System.nanoTime();
    var pause = PAUSE_MIN;
    var defects = 0;
    while (true) {
      try {
        var answer = request.ask();
        trouble = "";
        return answer;
      } catch (RequestRefused e) {
        if (!e.isTemporary() && !untilLater.contains(e.code())) {
          throw e;
        }
        if (isOver(begin) || (e.isDefect() && ++defects == DEFECTS_MAX)) {
          throw e;
        }
        trouble = String.valueOf(e.getMessage());
      } catch (IOException e) {
        if (isOver(begin)) {
          throw e;
        }
        trouble = "nobody answers: " + (e.getMessage() == null ? e : e.getMessage());
      }
      Thread.sleep(pause);
      var next = pause.multipliedBy(2);
      pause = next.compareTo(pauseMax) > 0 ? pauseMax : next;
    }
  }

  private boolean isOver(long begin) {
    return System.nanoTime() - begin >= patienceNanos;
  }

  /** What is in the way at the moment; empty while all is well. */
  public String trouble() {
    return trouble;
  }
}
