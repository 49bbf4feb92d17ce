package org.constellation.consensus.layer;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.constellation.consensus.testkit.Trace;

/** Everything that happens in a simulated world, in one order that a seed decides. */
final class VirtualTime {

  private static final long START_MILLIS = 1_700_000_000_000L;

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::sequence));
  private final Random random;
  private long nowMillis = START_MILLIS;
  private long sequence;
  private final Trace trace;

  private record Event(long atMillis, long sequence, Runnable action) {}

  VirtualTime(long seed) {
    this(seed, Trace.none());
  }

  VirtualTime(long seed, Trace trace) {
    this.random = new Random(seed);
    this.trace = trace;
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

  /** Whether anybody will read {@link #trace(String, Object)}; saves making words of it. */
  boolean isTraced() {
    return trace.isKept();
  }

  /** Notes something that happened. */
  void trace(String what, Object detail) {
    trace.add(nowMillis - START_MILLIS, what, detail);
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
