package org.constellation.platform.hosting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.constellation.platform.follow.BlockSource;
import org.constellation.platform.loop.Loop;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.loop.Turn;
import org.constellation.platform.member.MemberSeat;
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

  private static final Duration LOOK_MAX = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(BlockOutlet.class);

  private final MemberSeat seat;
  private final Topic topic;
  private final BlockSource source;
  private final EnvelopePublisher publisher;
  private final HostingProperties properties;
  private final Loops loops;
  private final ReentrantLock lock = new ReentrantLock();
  private final NavigableMap<Long, Item> waiting = new TreeMap<>();
  private final Loop loop;
  private long arrivedThrough;

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
   * Nothing is sent before something is offered.
   *
   * @param source has every block that is offered, until it has arrived
   * @param publisher in the member's name; stays the caller's to close
   * @param loops run it
   */
  public BlockOutlet(
      String service,
      MemberSeat seat,
      Topic topic,
      BlockSource source,
      EnvelopePublisher publisher,
      HostingProperties properties,
      Loops loops) {
    this.seat = seat;
    this.topic = topic;
    this.source = source;
    this.publisher = publisher;
    this.properties = properties;
    this.loops = loops;
    this.loop = loops.start(service + "-" + seat.name() + "-outlet", seat.name(), this::turn);
  }

  /** Takes a block that is certified and durable. */
  public void offer(long round) {
    lock.lock();
    try {
      if (round <= arrivedThrough || waiting.size() >= WAITING_MAX) {
        return;
      }
      var turns = Math.floorMod(seat.self() - round, (long) seat.plan().members().size());
      var due = loops.nanos() + turns * properties.turn().toNanos();
      waiting.putIfAbsent(round, new Item(due, properties.resendFirst().toNanos()));
    } finally {
      lock.unlock();
    }
    loop.wake();
  }

  /** Somebody sent that block. It will probably arrive, so this member's turn is put off. */
  public void seen(long round) {
    lock.lock();
    try {
      var item = waiting.get(round);
      if (item != null && !item.sent) {
        item.dueNanos = Math.max(item.dueNanos, loops.nanos() + properties.resendFirst().toNanos());
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

  private long turn() {
    List<Long> due;
    lock.lock();
    try {
      due = takeDue();
      if (due.isEmpty()) {
        return nanosToNext();
      }
    } finally {
      lock.unlock();
    }
    due.forEach(this::send);
    return 0;
  }

  private List<Long> takeDue() {
    var now = loops.nanos();
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
    if (waiting.isEmpty()) {
      return Turn.UNTIL_WOKEN;
    }
    var now = loops.nanos();
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
          .ifPresent(stored -> publisher.publish(topic, seat.address(), chunks(round, stored)));
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
    loop.close();
  }
}
