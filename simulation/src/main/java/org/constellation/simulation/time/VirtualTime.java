package org.constellation.simulation.time;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Everything that happens in one run, in one order: by time, and by place where that is equal. */
public final class VirtualTime {

  /** One millisecond. */
  public static final long MILLISECOND = 1_000_000;

  /** One second. */
  public static final long SECOND = 1_000 * MILLISECOND;

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::sequence));
  private long nowNanos;
  private long sequence;
  private long happened;

  private record Event(long atNanos, long sequence, Runnable action) {}

  /** Nanoseconds since the run began. */
  public long nowNanos() {
    return nowNanos;
  }

  /** Has {@code action} happen after so many nanoseconds. */
  public void in(long nanos, Runnable action) {
    events.add(new Event(nowNanos + Math.max(0, nanos), sequence++, action));
  }

  /** Lets the next event happen, unless there is none before {@code endNanos}. */
  public boolean step(long endNanos) {
    var next = events.peek();
    if (next == null || next.atNanos() > endNanos) {
      nowNanos = Math.max(nowNanos, endNanos);
      return false;
    }
    events.remove();
    nowNanos = Math.max(nowNanos, next.atNanos());
    happened++;
    next.action().run();
    return true;
  }

  /** Events so far. */
  public long happened() {
    return happened;
  }
}
