package org.constellation.simulation.broker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.constellation.protocol.Bytes;
import org.constellation.simulation.time.Machine;
import org.constellation.simulation.time.VirtualTime;
import org.jspecify.annotations.Nullable;

/** What is on its way to one reader. It reads in batches, and nothing while one is not taken. */
public final class Reader implements AutoCloseable {

  private static final long OFFERED_AGAIN = 25 * VirtualTime.MILLISECOND;
  private static final int BATCH_MAX = 500;

  private final Broker broker;
  private final Machine.Life life;
  private final Filter filter;
  private final Taker taker;
  private final PriorityQueue<Delivery> coming =
      new PriorityQueue<>(
          Comparator.comparingLong(Delivery::dueNanos).thenComparingLong(Delivery::place));
  private long places;
  private long pollNanos = Long.MAX_VALUE;
  // Only looked up in. A topic has one partition here.
  private final Map<String, Long> newest = new HashMap<>();
  private @Nullable List<Published> refused;
  private boolean closed;

  private record Delivery(long dueNanos, long place, Published record, boolean isAgain) {}

  /** Which records of its topics a reader wants. */
  @FunctionalInterface
  public interface Filter {
    /** Whether a record with this key is read. */
    boolean wants(String topic, Bytes key);
  }

  /** Takes batches. */
  @FunctionalInterface
  public interface Taker {
    /** Whether the batch was taken; if not, it is offered again. */
    boolean take(List<Published> batch);
  }

  Reader(Broker broker, Machine.Life life, Filter filter, Taker taker) {
    this.broker = broker;
    this.life = life;
    this.filter = filter;
    this.taker = taker;
  }

  String machine() {
    return life.machine().name();
  }

  boolean isGone() {
    return closed || life.isOver();
  }

  boolean wants(Published one) {
    return one.isFor(machine()) && filter.wants(one.topic(), one.key());
  }

  void expect(Published one, long nanos) {
    expect(one, nanos, false);
  }

  /** Has a record come once more, which overtakes nothing. */
  void expectAgain(Published one, long nanos) {
    expect(one, nanos, true);
  }

  private void expect(Published one, long nanos, boolean isAgain) {
    var due = broker.time().nowNanos() + nanos;
    coming.add(new Delivery(due, places++, one, isAgain));
    pollAt(due);
  }

  void forget(String topic) {
    coming.removeIf(delivery -> delivery.record().topic().equals(topic));
  }

  private void pollAt(long due) {
    if (due < pollNanos) {
      pollNanos = due;
      life.in(due - broker.time().nowNanos(), () -> poll(due));
    }
  }

  private void poll(long due) {
    if (closed || due != pollNanos) {
      return;
    }
    pollNanos = Long.MAX_VALUE;
    var batch = refused == null ? due() : refused;
    refused = null;
    if (!batch.isEmpty() && !taker.take(batch)) {
      refused = batch;
      pollAt(broker.time().nowNanos() + OFFERED_AGAIN);
      return;
    }
    var next = coming.peek();
    if (next != null) {
      pollAt(Math.max(next.dueNanos(), broker.time().nowNanos()));
    }
  }

  private List<Published> due() {
    var now = broker.time().nowNanos();
    var batch = new ArrayList<Published>();
    while (batch.size() < BATCH_MAX) {
      var next = coming.peek();
      if (next == null || next.dueNanos() > now) {
        break;
      }
      coming.remove();
      var one = next.record();
      if (!next.isAgain() && one.number() < newest.merge(one.topic(), one.number(), Math::max)) {
        broker.reordered();
      }
      batch.add(one);
    }
    if (!batch.isEmpty()) {
      broker.delivered(this, batch);
    }
    return batch;
  }

  @Override
  public void close() {
    closed = true;
    coming.clear();
    broker.remove(this);
  }
}
