package org.constellation.star.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
 * intervals that double up to {@link #LAST_AGAIN}. What a star has waiting is sent again as a whole
 * and in order, since a segment is of no use without those before it, and the intervals begin anew
 * whenever one of them is executed. Its memory holds what the outbox table holds, which the writer
 * bounds; after a restart all of it is sent.
 */
public final class Relay implements AutoCloseable {

  /** Rounds take a fraction of that unless the network is busy, and then repeats would not help. */
  private static final Duration FIRST_AGAIN = Duration.ofSeconds(3);

  private static final Duration LAST_AGAIN = Duration.ofSeconds(24);

  /** Contradictions are sent so often; nobody waits for a receipt. */
  private static final int FORK_SENDINGS = 4;

  /** A turn that sends so many items begins no more, so that new ones wait for no flood. */
  private static final int TURN_MAX = 2_048;

  /** Most of a star's segments that are sent again at once; a cluster keeps no more of them. */
  private static final int AGAIN_MAX = 1_024;

  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);

  private final Channels channels;
  private final LedgerView ledger;
  private final Loops loops;
  private final TreeSet<Item> due =
      new TreeSet<>(
          Comparator.<Item>comparingLong(item -> item.dueAt)
              .thenComparingLong(item -> item.number));
  private final Map<StarId, Waiting> segments = new HashMap<>();
  private final Map<StarId, Notice> joins = new HashMap<>();
  private final Map<StarId, Fork> forks = new HashMap<>();

  /** Stars with segments that were never sent. */
  private final Set<Waiting> fresh = new LinkedHashSet<>();

  private final Object lock = new Object();
  private long numbers;
  private int depth;
  private volatile @Nullable Loop loop;

  /** Something to send again and again. */
  private abstract static sealed class Item {
    final StarId star;
    final long number;
    long dueAt;
    Duration pause = FIRST_AGAIN;

    private Item(StarId star, long number) {
      this.star = star;
      this.number = number;
    }
  }

  /** A star's request for a home. */
  private static final class Notice extends Item {
    private final Bytes bytes;

    private Notice(StarId star, long number, Bytes bytes) {
      super(star, number);
      this.bytes = bytes;
    }
  }

  /** What contradicts a star's chain. */
  private static final class Fork extends Item {
    private final Bytes bytes;
    private int sendings;

    private Fork(StarId star, long number, Bytes bytes) {
      super(star, number);
      this.bytes = bytes;
    }
  }

  /** A star's segments without a receipt, by their last sequence. */
  private static final class Waiting extends Item {
    private final TreeMap<Long, Pending> segments = new TreeMap<>();

    /** The last sequence that was ever sent. */
    private long sentThrough;

    private Waiting(StarId star, long number) {
      super(star, number);
    }

    /** Also takes note that a segment in another's place was never sent. */
    private boolean put(Outgoing segment, long now) {
      notSentFrom(segment.lastSequence());
      return segments.put(segment.lastSequence(), new Pending(segment, now)) == null;
    }

    private void notSentFrom(long sequence) {
      sentThrough = Math.min(sentThrough, sequence - 1);
    }

    private List<Outgoing> takeFresh(int max) {
      var taken =
          segments.tailMap(sentThrough, false).values().stream()
              .limit(max)
              .map(Pending::segment)
              .toList();
      if (!taken.isEmpty()) {
        sentThrough = taken.getLast().lastSequence();
      }
      return taken;
    }

    private boolean isFresh() {
      return !segments.isEmpty() && segments.lastKey() > sentThrough;
    }

    private List<Outgoing> sent() {
      return segments.headMap(sentThrough, true).values().stream()
          .limit(AGAIN_MAX)
          .map(Pending::segment)
          .toList();
    }
  }

  private record Pending(Outgoing segment, long since) {}

  /** What one turn sends. */
  private static final class Parcel {
    private final List<Outgoing> segments = new ArrayList<>();
    private final List<Fork> forks = new ArrayList<>();
    private final List<Bytes> notices = new ArrayList<>();

    private int room() {
      return Math.max(0, TURN_MAX - segments.size() - forks.size() - notices.size());
    }

    private boolean isEmpty() {
      return segments.isEmpty() && forks.isEmpty() && notices.isEmpty();
    }
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

  private void schedule(Item item, long at) {
    due.remove(item);
    item.dueAt = at;
    due.add(item);
  }

  /** When a thing that is sent now is sent again. */
  private void again(Item item, long now) {
    schedule(item, now + item.pause.toNanos());
    var doubled = item.pause.multipliedBy(2);
    item.pause = doubled.compareTo(LAST_AGAIN) > 0 ? LAST_AGAIN : doubled;
  }

  private void forget(@Nullable Item item) {
    if (item != null) {
      due.remove(item);
    }
  }

  /** Takes segments that are durable now. */
  public void send(Collection<Outgoing> outgoing) {
    synchronized (lock) {
      var now = loops.nanos();
      for (var segment : outgoing) {
        var waiting =
            segments.computeIfAbsent(segment.star(), star -> new Waiting(star, numbers++));
        if (waiting.put(segment, now)) {
          depth++;
        }
        fresh.add(waiting);
      }
      wake();
    }
  }

  /** Takes a notice that is durable now, to be sent until {@link #homed}. */
  public void join(StarId star, Bytes notice) {
    synchronized (lock) {
      var item = new Notice(star, numbers++, notice);
      forget(joins.put(star, item));
      schedule(item, loops.nanos());
      wake();
    }
  }

  /** Takes a segment that contradicts its star's chain; one of a star at a time is enough. */
  public void fork(StarId star, Bytes segment) {
    synchronized (lock) {
      if (!forks.containsKey(star)) {
        var item = new Fork(star, numbers++, segment);
        forks.put(star, item);
        schedule(item, loops.nanos());
        wake();
      }
    }
  }

  /** Forgets what the outbox told, before it is read again. */
  public void forget() {
    synchronized (lock) {
      segments.values().forEach(this::forget);
      joins.values().forEach(this::forget);
      segments.clear();
      joins.clear();
      fresh.clear();
      depth = 0;
    }
  }

  /** All segments up to a sequence are executed. */
  public void executed(Map<StarId, Long> upTo) {
    synchronized (lock) {
      upTo.forEach(
          (star, sequence) -> {
            var waiting = segments.get(star);
            if (waiting != null && drop(waiting, waiting.segments.headMap(sequence, true))) {
              waiting.pause = FIRST_AGAIN;
              again(waiting, loops.nanos());
            }
          });
    }
  }

  /** All segments from a sequence on are void. */
  public void withdrawn(Map<StarId, Long> from) {
    synchronized (lock) {
      from.forEach(
          (star, sequence) -> {
            var waiting = segments.get(star);
            if (waiting != null) {
              waiting.notSentFrom(sequence);
              drop(waiting, waiting.segments.tailMap(sequence, true));
            }
          });
    }
  }

  /** Whether that was something, and something is left. */
  private boolean drop(Waiting waiting, Map<Long, Pending> needless) {
    var count = needless.size();
    depth -= count;
    needless.clear();
    if (!waiting.isFresh()) {
      fresh.remove(waiting);
    }
    if (waiting.segments.isEmpty()) {
      segments.remove(waiting.star);
      forget(waiting);
      return false;
    }
    return count > 0;
  }

  /** Stars that need not ask for a home any more. */
  public void homed(Collection<StarId> stars) {
    synchronized (lock) {
      stars.forEach(star -> forget(joins.remove(star)));
    }
  }

  /** Sends everything that is waiting now. */
  public void sendAllNow() {
    synchronized (lock) {
      var now = loops.nanos();
      for (var item : List.copyOf(due)) {
        item.pause = FIRST_AGAIN;
        schedule(item, now);
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
          .map(waiting -> waiting.segments.firstEntry().getValue().since)
          .min(Comparator.naturalOrder())
          .map(since -> Duration.ofNanos(now - since));
    }
  }

  private long turn() {
    Parcel parcel;
    synchronized (lock) {
      var now = loops.nanos();
      parcel = new Parcel();
      takeFresh(parcel, now);
      takeDue(parcel, now);
      if (parcel.isEmpty()) {
        return due.isEmpty() ? Turn.UNTIL_WOKEN : Math.max(0, due.first().dueAt - now);
      }
    }
    try {
      dispatch(parcel);
    } catch (RuntimeException e) {
      // It is all due again later.
      LOG.error("A turn of the relay met a defect of ours", e);
    }
    return 0;
  }

  private void takeFresh(Parcel parcel, long now) {
    var stars = fresh.iterator();
    while (stars.hasNext() && parcel.room() > 0) {
      var waiting = stars.next();
      parcel.segments.addAll(waiting.takeFresh(parcel.room()));
      if (!waiting.isFresh()) {
        stars.remove();
      }
      if (!due.contains(waiting)) {
        again(waiting, now);
      }
    }
  }

  private void takeDue(Parcel parcel, long now) {
    while (!due.isEmpty() && due.first().dueAt - now <= 0 && parcel.room() > 0) {
      var item = Objects.requireNonNull(due.pollFirst());
      switch (item) {
        case Waiting waiting -> {
          parcel.segments.addAll(waiting.sent());
          again(waiting, now);
        }
        case Notice notice -> {
          parcel.notices.add(notice.bytes);
          again(notice, now);
        }
        case Fork fork -> {
          parcel.forks.add(fork);
          fork.sendings++;
          if (fork.sendings < FORK_SENDINGS) {
            again(fork, now);
          } else {
            forks.remove(fork.star);
          }
        }
      }
    }
  }

  private void dispatch(Parcel parcel) {
    var byCluster = new TreeMap<Integer, List<Bytes>>();
    var inbox = new ArrayList<Bytes>();
    for (var segment : parcel.segments) {
      toHome(segment.star(), segment.segment(), byCluster);
      if (segment.proposals()) {
        inbox.add(segment.segment());
      }
    }
    for (var fork : parcel.forks) {
      toHome(fork.star, fork.bytes, byCluster);
    }
    byCluster.forEach(channels::gossip);
    if (!inbox.isEmpty()) {
      channels.inbox(inbox);
    }
    if (!parcel.notices.isEmpty()) {
      channels.notices(parcel.notices);
    }
  }

  /** A star without a home has nowhere to send to, until it has one. */
  private void toHome(StarId star, Bytes segment, Map<Integer, List<Bytes>> byCluster) {
    ledger
        .state()
        .star(star)
        .ifPresent(
            known -> byCluster.computeIfAbsent(known.home(), _ -> new ArrayList<>()).add(segment));
  }

  @Override
  public void close() {
    var running = loop;
    if (running != null) {
      running.close();
    }
  }
}
