package org.constellation.consensus.layer;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Everything that happens in a simulated world, in one order that a seed decides. */
final class VirtualTime {

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::sequence));
  private final Random random;
  private long nowMillis = 1_700_000_000_000L;
  private long sequence;
  private long trace = 17;

  private record Event(long atMillis, long sequence, Runnable action) {}

  VirtualTime(long seed) {
    this.random = new Random(seed);
  }

  long nowMillis() {
    return nowMillis;
  }

  Random random() {
    return random;
  }

  void in(long millis, Runnable action) {
    events.add(new Event(nowMillis + Math.max(0, millis), sequence++, action));
  }

  void every(long millis, Runnable action) {
    in(
        millis,
        () -> {
          action.run();
          every(millis, action);
        });
  }

  /** Mixes something that happened into the trace. */
  void trace(Object happening) {
    trace = trace * 1_000_003 + happening.hashCode() * 31L + nowMillis;
  }

  /** Two runs of one seed have one trace. */
  long trace() {
    return trace;
  }

  /** Runs until {@code done}, but for so many simulated milliseconds at most. */
  boolean runUntil(BooleanSupplier done, long millisMax) {
    var end = nowMillis + millisMax;
    while (!done.getAsBoolean()) {
      var next = events.peek();
      if (next == null || next.atMillis() > end) {
        nowMillis = end;
        return false;
      }
      events.remove();
      nowMillis = Math.max(nowMillis, next.atMillis());
      next.action().run();
    }
    return true;
  }
}
