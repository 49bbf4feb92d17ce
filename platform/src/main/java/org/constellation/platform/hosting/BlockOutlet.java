package org.constellation.platform.hosting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.constellation.platform.follow.BlockSource;
import org.constellation.platform.member.MemberSeat;
import org.constellation.platform.observe.LogContext;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.wire.BlockChunks;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands a member's certified blocks to the next layer, in chunks, and again until they have
 * arrived. All members of a committee hold the same block, so they take turns: block r is sent at
 * once by member r mod n, and by the others only if it has not arrived when their turn comes.
 */
public final class BlockOutlet implements AutoCloseable {

  /**
   * Most blocks that are waited for; of later ones the next layer learns by pulling. A block that
   * waits costs its number and hash here, its bytes are in the source.
   */
  public static final int WAITING_MAX = 65_536;

  /** Only so many of the oldest waiting blocks are sent again: a reader needs them in order. */
  public static final int RESENT_MAX = 64;

  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final Duration LOOK_MAX = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(BlockOutlet.class);

  private final MemberSeat seat;
  private final Topic topic;
  private final BlockSource source;
  private final EnvelopePublisher publisher;
  private final HostingProperties properties;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final NavigableMap<Long, Item> waiting = new TreeMap<>();
  private final Thread thread;
  private long arrivedThrough;
  private boolean closed;

  private static final class Item {
    private long dueNanos;
    private long pauseNanos;
    private boolean sent;

    private Item(long dueNanos, long pauseNanos) {
      this.dueNanos = dueNanos;
      this.pauseNanos = pauseNanos;
    }
  }

  /**
   * Starts its thread; nothing is sent before something is offered.
   *
   * @param source has every block that is offered, until it has arrived
   * @param publisher in the member's name; stays the caller's to close
   * @param nanos a clock that never jumps
   */
  public BlockOutlet(
      String service,
      MemberSeat seat,
      Topic topic,
      BlockSource source,
      EnvelopePublisher publisher,
      HostingProperties properties,
      LongSupplier nanos) {
    this.seat = seat;
    this.topic = topic;
    this.source = source;
    this.publisher = publisher;
    this.properties = properties;
    this.nanos = nanos;
    this.thread =
        Thread.ofVirtual()
            .name(service + "-" + seat.name() + "-outlet")
            .start(LogContext.of(service, seat.name(), this::run));
  }

  /** Takes a block that is certified and durable. */
  public void offer(long round) {
    lock.lock();
    try {
      if (round <= arrivedThrough || waiting.size() >= WAITING_MAX) {
        return;
      }
      var turns = Math.floorMod(seat.self() - round, (long) seat.plan().members().size());
      var due = nanos.getAsLong() + turns * properties.turn().toNanos();
      waiting.putIfAbsent(round, new Item(due, properties.resendFirst().toNanos()));
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Somebody sent that block. It will probably arrive, so this member's turn is put off. */
  public void seen(long round) {
    lock.lock();
    try {
      var item = waiting.get(round);
      if (item != null && !item.sent) {
        item.dueNanos =
            Math.max(item.dueNanos, nanos.getAsLong() + properties.resendFirst().toNanos());
      }
    } finally {
      lock.unlock();
    }
  }

  /** That one block has arrived. */
  public void arrived(long round) {
    lock.lock();
    try {
      waiting.remove(round);
    } finally {
      lock.unlock();
    }
  }

  /** All blocks up to a round have arrived. */
  public void arrivedThrough(long round) {
    lock.lock();
    try {
      arrivedThrough = Math.max(arrivedThrough, round);
      waiting.headMap(arrivedThrough, true).clear();
    } finally {
      lock.unlock();
    }
  }

  /** How many blocks have not arrived. */
  public int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        var due = awaitDue();
        if (due.isEmpty()) {
          return;
        }
        due.forEach(this::send);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is to be sent now; empty once closed. */
  private List<Long> awaitDue() throws InterruptedException {
    lock.lock();
    try {
      while (!closed) {
        var due = takeDue();
        if (!due.isEmpty()) {
          return due;
        }
        var _ = changed.awaitNanos(nanosToNext());
      }
      return List.of();
    } finally {
      lock.unlock();
    }
  }

  private List<Long> takeDue() {
    var now = nanos.getAsLong();
    var due = new ArrayList<Long>();
    var place = 0;
    for (var entry : waiting.entrySet()) {
      var item = entry.getValue();
      var isResent = item.sent;
      if (item.dueNanos - now <= 0 && (!isResent || place < RESENT_MAX)) {
        due.add(entry.getKey());
        item.sent = true;
        item.dueNanos = now + item.pauseNanos;
        item.pauseNanos = Math.min(2 * item.pauseNanos, properties.resendMax().toNanos());
      }
      place++;
      if (due.size() >= RESENT_MAX) {
        break;
      }
    }
    return due;
  }

  private long nanosToNext() {
    var now = nanos.getAsLong();
    return waiting.values().stream()
        .limit(RESENT_MAX)
        .mapToLong(item -> item.dueNanos - now)
        .filter(left -> left > 0)
        .min()
        .stream()
        .map(left -> Math.min(left, LOOK_MAX.toNanos()))
        .findFirst()
        .orElse(LOOK_MAX.toNanos());
  }

  private void send(long round) {
    try {
      source
          .block(round)
          .ifPresent(stored -> publisher.publish(topic, Bytes.EMPTY, chunks(round, stored)));
    } catch (RuntimeException | Error e) {
      // It is due again after its pause, like a block that got lost on its way.
      LOG.warn("{} could not send block {}", seat.name(), round, e);
    }
  }

  private static List<Bytes> chunks(long round, BlockSource.Stored stored) {
    return BlockChunks.cut(round, stored.hash(), stored.encoded()).stream()
        .map(BlockChunks::encode)
        .toList();
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (!thread.join(CLOSE_WITHIN)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
