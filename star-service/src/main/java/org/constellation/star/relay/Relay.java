package org.constellation.star.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.constellation.platform.loop.Loop;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.loop.Turn;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.star.StarId;
import org.constellation.star.ledger.LedgerView;
import org.constellation.star.writer.Outgoing;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off the outbox. Everything is sent at once, again after {@link #FIRST_AGAIN}, and then at
 * intervals that double up to {@link #LAST_AGAIN}. Its memory holds what the outbox table holds,
 * which the writer bounds; after a restart all of it is due.
 */
public final class Relay implements AutoCloseable {

  /** Rounds take a fraction of that unless the network is busy, and then repeats would not help. */
  private static final Duration FIRST_AGAIN = Duration.ofSeconds(3);

  private static final Duration LAST_AGAIN = Duration.ofSeconds(24);

  /** Contradictions are sent so often; nobody waits for a receipt. */
  private static final int FORK_SENDINGS = 4;

  /** Most items that one turn sends, so that new ones wait for no flood of old ones. */
  private static final int TURN_MAX = 2_048;

  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private final Channels channels;
  private final LedgerView ledger;
  private final Loops loops;
  private final PriorityQueue<Item> due =
      new PriorityQueue<>(Comparator.comparingLong(item -> item.dueAt));
  private final Map<StarId, TreeMap<Long, Item>> segments = new HashMap<>();
  private final Map<StarId, Item> joins = new HashMap<>();
  private final Map<StarId, Item> forks = new HashMap<>();
  private final Object lock = new Object();
  private int depth;
  private volatile @Nullable Loop loop;

  /** Something to send; {@code done} once it is needless. */
  private static final class Item {
    private final StarId star;
    private final Bytes bytes;
    private final Kind kind;
    private final long since;
    private long dueAt;
    private Duration pause = FIRST_AGAIN;
    private int sendings;
    private boolean done;

    private Item(StarId star, Bytes bytes, Kind kind, long now) {
      this.star = star;
      this.bytes = bytes;
      this.kind = kind;
      this.since = now;
      this.dueAt = now;
    }
  }

  private enum Kind {
    SEGMENT,
    SEGMENT_WITH_PROPOSALS,
    FORK,
    JOIN
  }

  /**
   * @param loops run it
   */
  public Relay(Channels channels, LedgerView ledger, Loops loops) {
    this.channels = channels;
    this.ledger = ledger;
    this.loops = loops;
  }

  /** Begins to send. */
  public void start() {
    loop = loops.start("star-relay", null, this::turn);
  }

  private void wake() {
    var running = loop;
    if (running != null) {
      running.wake();
    }
  }

  /** Takes segments that are durable now. */
  public void send(Collection<Outgoing> outgoing) {
    synchronized (lock) {
      var now = loops.nanos();
      for (var segment : outgoing) {
        var kind = segment.proposals() ? Kind.SEGMENT_WITH_PROPOSALS : Kind.SEGMENT;
        var item = new Item(segment.star(), segment.segment(), kind, now);
        var before =
            segments
                .computeIfAbsent(segment.star(), _ -> new TreeMap<>())
                .put(segment.lastSequence(), item);
        if (before == null) {
          depth++;
        } else {
          before.done = true;
        }
        due.add(item);
      }
      wake();
    }
  }

  /** Takes a notice that is durable now, to be sent until {@link #homed}. */
  public void join(StarId star, Bytes notice) {
    synchronized (lock) {
      var item = new Item(star, notice, Kind.JOIN, loops.nanos());
      var before = joins.put(star, item);
      if (before != null) {
        before.done = true;
      }
      due.add(item);
      wake();
    }
  }

  /** Takes a segment that contradicts its star's chain; one of a star at a time is enough. */
  public void fork(StarId star, Bytes segment) {
    synchronized (lock) {
      if (!forks.containsKey(star)) {
        var item = new Item(star, segment, Kind.FORK, loops.nanos());
        forks.put(star, item);
        due.add(item);
        wake();
      }
    }
  }

  /** Forgets what the outbox told, before it is read again. */
  public void forget() {
    synchronized (lock) {
      segments.values().forEach(waiting -> waiting.values().forEach(item -> item.done = true));
      joins.values().forEach(item -> item.done = true);
      segments.clear();
      joins.clear();
      depth = 0;
      due.removeIf(item -> item.done);
    }
  }

  /** All segments up to a sequence are executed. */
  public void executed(Map<StarId, Long> upTo) {
    drop(upTo, (waiting, sequence) -> waiting.headMap(sequence, true));
  }

  /** All segments from a sequence on are void. */
  public void withdrawn(Map<StarId, Long> from) {
    drop(from, (waiting, sequence) -> waiting.tailMap(sequence, true));
  }

  private void drop(
      Map<StarId, Long> places,
      BiFunction<NavigableMap<Long, Item>, Long, NavigableMap<Long, Item>> part) {
    synchronized (lock) {
      places.forEach(
          (star, sequence) -> {
            var waiting = segments.get(star);
            if (waiting == null) {
              return;
            }
            var needless = part.apply(waiting, sequence);
            needless.values().forEach(item -> item.done = true);
            depth -= needless.size();
            needless.clear();
            if (waiting.isEmpty()) {
              segments.remove(star);
            }
          });
    }
  }

  /** Stars that need not ask for a home any more. */
  public void homed(Collection<StarId> stars) {
    synchronized (lock) {
      for (var star : stars) {
        var item = joins.remove(star);
        if (item != null) {
          item.done = true;
        }
      }
    }
  }

  /** Sends everything that is waiting now. */
  public void sendAllNow() {
    synchronized (lock) {
      var now = loops.nanos();
      var all = new ArrayList<>(due);
      due.clear();
      for (var item : all) {
        if (!item.done) {
          item.dueAt = now;
          item.pause = FIRST_AGAIN;
          due.add(item);
        }
      }
      wake();
    }
  }

  /** Segments without a receipt. */
  public int depth() {
    synchronized (lock) {
      return depth;
    }
  }

  /** Stars that wait for a home. */
  public int joinsWaiting() {
    synchronized (lock) {
      return joins.size();
    }
  }

  /** How long the oldest segment has waited for its receipt, or since the start. */
  public Optional<Duration> oldest() {
    synchronized (lock) {
      var now = loops.nanos();
      return segments.values().stream()
          .map(waiting -> waiting.firstEntry().getValue().since)
          .min(Comparator.naturalOrder())
          .map(since -> Duration.ofNanos(now - since));
    }
  }

  private long turn() {
    List<Item> turn;
    synchronized (lock) {
      turn = takeDue(loops.nanos());
      if (turn.isEmpty()) {
        var next = due.peek();
        return next == null ? Turn.UNTIL_WOKEN : Math.max(0, next.dueAt - loops.nanos());
      }
    }
    try {
      dispatch(turn);
    } catch (RuntimeException e) {
      // It is all due again later.
      LOG.error("A turn of the relay met a defect of ours", e);
    }
    return 0;
  }

  private List<Item> takeDue(long now) {
    var turn = new ArrayList<Item>();
    while (turn.size() < TURN_MAX) {
      var item = due.peek();
      if (item == null || item.dueAt - now > 0) {
        break;
      }
      due.remove();
      if (!item.done) {
        turn.add(item);
      }
    }
    for (var item : turn) {
      item.sendings++;
      item.dueAt = now + item.pause.toNanos();
      item.pause = longer(item.pause);
      if (item.kind != Kind.FORK || item.sendings < FORK_SENDINGS) {
        due.add(item);
      } else {
        forks.remove(item.star, item);
      }
    }
    return turn;
  }

  private static Duration longer(Duration pause) {
    var next = pause.multipliedBy(2);
    return next.compareTo(LAST_AGAIN) > 0 ? LAST_AGAIN : next;
  }

  private void dispatch(List<Item> turn) {
    var state = ledger.state();
    var byCluster = new TreeMap<Integer, List<Bytes>>();
    var inbox = new ArrayList<Bytes>();
    var notices = new ArrayList<Bytes>();
    for (var item : turn) {
      switch (item.kind) {
        case JOIN -> notices.add(item.bytes);
        case SEGMENT, SEGMENT_WITH_PROPOSALS, FORK -> {
          state
              .star(item.star)
              .ifPresent(
                  star ->
                      byCluster
                          .computeIfAbsent(star.home(), _ -> new ArrayList<>())
                          .add(item.bytes));
          if (item.kind == Kind.SEGMENT_WITH_PROPOSALS) {
            inbox.add(item.bytes);
          }
        }
      }
    }
    byCluster.forEach(channels::gossip);
    if (!inbox.isEmpty()) {
      channels.inbox(inbox);
    }
    if (!notices.isEmpty()) {
      channels.notices(notices);
    }
  }

  @Override
  public void close() {
    var running = loop;
    if (running != null) {
      running.close();
    }
  }
}
