package org.constellation.simulation.broker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.constellation.protocol.Bytes;
import org.constellation.simulation.Fault;
import org.constellation.simulation.Tally;
import org.constellation.simulation.time.Dice;
import org.constellation.simulation.time.Machine;
import org.constellation.simulation.time.Trace;
import org.constellation.simulation.time.VirtualTime;

/** All topics of a run, and what is on its way to their readers. */
public final class Broker {

  private static final int KEPT_MAX = 4_000;
  private static final int SLOWNESS = 10;
  private static final int LONG_AGO = 1_000;
  private static final int REPEATED_WITHIN_MILLIS = 2_000;

  private final VirtualTime time;
  private final Trace trace;
  private final Tally tally;
  private final Dice dice;
  private final Map<String, Log> logs = new TreeMap<>();
  private final List<Consumer<Published>> observers = new ArrayList<>();
  private final Set<String> island = new TreeSet<>();
  private final List<Held> heldBack = new ArrayList<>();
  private Weather weather = Weather.calm();
  private long published;
  private long deliveries;
  private long partings;

  private static final class Log {
    private final List<Published> kept = new ArrayList<>();
    private final Set<Reader> readers = Collections.newSetFromMap(new LinkedHashMap<>());
    private long pausedUntil;
  }

  private record Held(Reader reader, Published record) {}

  /** Without any topic; one comes to be when somebody names it. */
  public Broker(VirtualTime time, Trace trace, Tally tally, Dice dice) {
    this.time = time;
    this.trace = trace;
    this.tally = tally;
    this.dice = dice;
  }

  VirtualTime time() {
    return time;
  }

  /** Records so far. */
  public long published() {
    return published;
  }

  /** Records that were handed to a reader so far. */
  public long deliveries() {
    return deliveries;
  }

  /** Has somebody see every record when it is published; it must not change anything. */
  public void observe(Consumer<Published> observer) {
    observers.add(observer);
  }

  /** Changes the weather for what is published from now on. */
  public void weather(Weather now) {
    weather = now;
    trace.note("broker", "weather", () -> now);
  }

  /** Begins to read topics. */
  public Reader subscribe(
      Machine.Life life,
      List<String> topics,
      boolean fromBeginning,
      Reader.Filter filter,
      Reader.Taker taker) {
    var reader = new Reader(this, life, filter, taker);
    for (var topic : topics) {
      var log = log(topic);
      log.readers.removeIf(Reader::isGone);
      log.readers.add(reader);
      if (fromBeginning) {
        log.kept.stream().filter(reader::wants).forEach(one -> send(one, reader, log));
      }
    }
    return reader;
  }

  void remove(Reader reader) {
    logs.values().forEach(log -> log.readers.remove(reader));
  }

  /** Takes a record of {@code from}, for all readers. */
  public void publish(String from, String topic, Bytes key, Bytes value) {
    publish(from, topic, key, value, _ -> true);
  }

  /** Takes a record that only some machines ever get to see. */
  public void publish(String from, String topic, Bytes key, Bytes value, Predicate<String> sees) {
    var one = new Published(published++, from, topic, key, value, sees);
    trace.note(from, "publishes", () -> one.number() + " " + topic + " " + value.length());
    observers.forEach(observer -> observer.accept(one));
    var log = log(topic);
    if (dice.permille(weather.lossPermille())) {
      tally.count(Fault.LOST);
      trace.note("broker", "loses", one::number);
      return;
    }
    log.kept.add(one);
    if (log.kept.size() > KEPT_MAX) {
      log.kept.removeFirst();
    }
    for (var reader : log.readers) {
      if (reader.isGone() || !reader.wants(one)) {
        continue;
      }
      if (dice.permille(weather.blindPermille())) {
        tally.count(Fault.WITHHELD_FROM_READER);
        trace.note("broker", "withholds", () -> one.number() + " from " + reader.machine());
        continue;
      }
      send(one, reader, log);
      if (!areTogether(from, reader.machine())) {
        continue;
      }
      if (dice.permille(weather.repeatPermille())) {
        tally.count(Fault.REPEATED);
        reader.expectAgain(one, delay(log) + dice.below(REPEATED_WITHIN_MILLIS) * millisecond());
      }
      if (dice.permille(weather.replayPermille())) {
        replay(log, reader);
      }
    }
  }

  private void replay(Log log, Reader reader) {
    var old = dice.oneOf(log.kept);
    if (reader.wants(old) && areTogether(old.from(), reader.machine())) {
      if (old.number() < published - LONG_AGO) {
        tally.count(Fault.REPLAYED);
      }
      reader.expectAgain(old, delay(log));
    }
  }

  private void send(Published one, Reader reader, Log log) {
    if (!areTogether(one.from(), reader.machine())) {
      heldBack.add(new Held(reader, one));
    } else {
      reader.expect(one, delay(log));
    }
  }

  private long delay(Log log) {
    var millis = 1 + dice.below(weather.delayMaxMillis());
    if (dice.permille(weather.slowPermille())) {
      tally.count(Fault.DELAYED);
      millis *= SLOWNESS;
    }
    // Whole milliseconds: what arrives in one of them is read in one go.
    var due = time.nowNanos() / millisecond() + millis;
    return Math.max(due * millisecond(), log.pausedUntil) - time.nowNanos();
  }

  private static long millisecond() {
    return VirtualTime.MILLISECOND;
  }

  /** Whether two machines are not cut off from each other. */
  public boolean areTogether(String one, String other) {
    return island.contains(one) == island.contains(other);
  }

  /** How often it has changed so far who is together. */
  public long partings() {
    return partings;
  }

  /**
   * Cuts some machines off from all others; what was split before is one again.
   *
   * @return which parting this is, as {@link #partings} counts
   */
  public long split(Set<String> machines) {
    tally.count(Fault.SPLIT);
    trace.note("broker", "splits", () -> machines);
    heal();
    partings++;
    island.addAll(machines);
    return partings;
  }

  /** Brings all together again; of what was said across meanwhile a part is lost. */
  public void heal() {
    if (island.isEmpty()) {
      return;
    }
    trace.note("broker", "heals");
    partings++;
    island.clear();
    for (var held : heldBack) {
      var log = log(held.record().topic());
      if (!held.reader().isGone() && dice.percent(50)) {
        held.reader().expect(held.record(), delay(log));
      }
    }
    heldBack.clear();
  }

  /** Forgets all records of a topic, also those on their way. */
  public void delete(String topic) {
    trace.note("broker", "deletes", () -> topic);
    var log = log(topic);
    if (!log.kept.isEmpty()) {
      tally.count(Fault.TOPIC_DELETED);
    }
    log.kept.clear();
    log.readers.forEach(reader -> reader.forget(topic));
    heldBack.removeIf(held -> held.record().topic().equals(topic));
  }

  /** Has a topic stand still for a while. */
  public void pause(String topic, long nanos) {
    tally.count(Fault.TOPIC_PAUSED);
    trace.note("broker", "pauses", () -> topic);
    log(topic).pausedUntil = time.nowNanos() + nanos;
  }

  void reordered() {
    tally.count(Fault.REORDERED);
  }

  void delivered(Reader reader, List<Published> batch) {
    deliveries += batch.size();
    trace.note(reader.machine(), "reads", () -> batch.stream().map(Published::number).toList());
  }

  private Log log(String topic) {
    return logs.computeIfAbsent(topic, _ -> new Log());
  }
}
