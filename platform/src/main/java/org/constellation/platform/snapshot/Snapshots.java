package org.constellation.platform.snapshot;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.constellation.platform.follow.FollowStart;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.platform.follow.LedgerListener;
import org.constellation.platform.follow.SnapshotSource;
import org.constellation.platform.loop.Loop;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.loop.Turn;
import org.constellation.platform.observe.Metrics;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.proof.CertifiedHeader;
import org.constellation.protocol.proof.Snapshot;
import org.constellation.protocol.wire.Decoded;
import org.constellation.protocol.wire.SnapshotCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker's snapshots. A new one is due when executing what came since the last would take a
 * while: after a number of blocks, or of half-blocks that grows with the state, so that writing
 * stays a small part of all work however large the state is. Writing is a worker of its own.
 */
public final class Snapshots implements LedgerListener, SnapshotSource, AutoCloseable {

  /** A snapshot for so many half-blocks at least. */
  static final int HALF_BLOCKS_MIN = 4_096;

  /** With a large state, a snapshot for one half-block per so many entries. */
  static final int ENTRIES_PER_HALF_BLOCK = 4;

  /** Most snapshots kept: one that is needed, and newer ones. At this number none is added. */
  static final int KEPT_MAX = 2;

  /** Time to write a snapshot. */
  static final String WRITE_DURATION = "constellation.snapshot.duration";

  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private final String name;
  private final Genesis genesis;
  private final SignatureVerifier verifier;
  private final SnapshotStore store;
  private final LongSupplier needed;
  private final int blocksMax;
  private final MeterRegistry meters;
  private final Gauge gauge;
  private final AtomicLong newest = new AtomicLong();

  /** Those that were read or written whole; of others the writing may have been cut off. */
  private final NavigableSet<Long> sound = new ConcurrentSkipListSet<>();

  private final AtomicReference<@Nullable Snapshot> due = new AtomicReference<>();
  private final Loop loop;
  private long blocks;
  private long halfBlocks;
  private volatile boolean closed;
  private boolean troubled;

  /**
   * Begins to wait for what is offered.
   *
   * @param name whose they are, for logs and metrics
   * @param member that it is; null for the service itself
   * @param needed the height that the next start must not begin above
   * @param blocksMax after so many blocks a snapshot is due
   * @param loops run the writing
   */
  public Snapshots(
      String name,
      @Nullable String member,
      Genesis genesis,
      SignatureVerifier verifier,
      SnapshotStore store,
      LongSupplier needed,
      int blocksMax,
      MeterRegistry meters,
      Loops loops) {
    this.name = name;
    this.genesis = genesis;
    this.verifier = verifier;
    this.store = store;
    this.needed = needed;
    this.blocksMax = blocksMax;
    this.meters = meters;
    this.gauge =
        Gauge.builder(Metrics.SNAPSHOT_HEIGHT, newest, AtomicLong::get)
            .tags(Tags.of(Metrics.MEMBER, name))
            .register(meters);
    this.loop = loops.start(name + "-snapshots", member, this::turn);
  }

  /**
   * Where to begin: after the block of the newest snapshot that is not above {@code height}, or at
   * genesis. What is damaged is forgotten.
   */
  public FollowStart startThrough(long height) {
    try {
      for (var at : store.heights().headSet(height + 1).reversed()) {
        var start = read(at);
        if (start.isPresent()) {
          sound.add(at);
          newest.set(at);
          return start.get();
        }
      }
    } catch (IOException e) {
      LOG.warn("{} cannot read its snapshots, and begins at the first block", name, e);
    }
    return FollowStart.executingFrom(genesis);
  }

  private Optional<FollowStart> read(long height) throws IOException {
    return switch (SnapshotCodec.decode(store.read(height), genesis, verifier)) {
      case Decoded.Valid<Snapshot>(var snapshot) -> {
        LOG.info(
            "{} begins after block {}, with a snapshot of {} entries",
            name,
            height,
            snapshot.state().size());
        yield Optional.of(FollowStart.executingAfter(snapshot.block().header(), snapshot.state()));
      }
      case Decoded.Malformed<Snapshot>(var reason, var detail) -> {
        LOG.warn("{} forgets its snapshot of block {}: {}, {}", name, height, reason, detail);
        store.delete(height);
        yield Optional.empty();
      }
    };
  }

  /**
   * Keeps a snapshot that somebody else made and that was found right, so that the next start need
   * not ask for it. Only before the first block is offered.
   */
  void adopt(long height, List<Bytes> parts) {
    try {
      store.write(height, parts.iterator());
      sound.add(height);
      newest.set(height);
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} cannot keep the snapshot of block {}: {}", name, height, e.toString());
    }
  }

  @Override
  public Found part(long height, int part) {
    var at = height == 0 ? newest.get() : height;
    try {
      return sound.contains(at) ? store.read(at, part) : Found.none(height);
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} cannot hand out its snapshot of block {}: {}", name, at, e.toString());
      return Found.none(height);
    }
  }

  @Override
  public boolean on(FollowedBlock block) {
    block
        .state()
        .ifPresent(
            state ->
                passed(
                    block.block().content(),
                    new Snapshot(
                        new CertifiedHeader(block.block().header(), block.block().certificate()),
                        state)));
    return true;
  }

  /** Takes note of an executed block and what it led to; in its worker's turn. */
  public void passed(GalaxyContent content, Snapshot after) {
    blocks++;
    for (var checkpoint : content.checkpoints()) {
      for (var segment : checkpoint.body().segments()) {
        halfBlocks += segment.halfBlocks().size();
      }
    }
    var many = Math.max(HALF_BLOCKS_MIN, after.state().size() / ENTRIES_PER_HALF_BLOCK);
    if (blocks >= blocksMax || halfBlocks >= many) {
      blocks = 0;
      halfBlocks = 0;
      due.set(after);
      loop.wake();
    }
  }

  private long turn() {
    var snapshot = due.getAndSet(null);
    if (snapshot != null) {
      keep(snapshot);
    }
    return closed ? Turn.ENDED : Turn.UNTIL_WOKEN;
  }

  private void keep(Snapshot snapshot) {
    var height = snapshot.state().height();
    try {
      if (forgetUnneeded() < KEPT_MAX) {
        var timer = meters.timer(WRITE_DURATION, Metrics.MEMBER, name);
        timer.recordCallable(
            () -> {
              write(height, snapshot);
              return height;
            });
        sound.add(height);
        newest.set(height);
        forgetUnneeded();
      }
      troubled = false;
    } catch (Exception e) {
      // A full disk or a database that is away: the next start takes longer, and that is all.
      if (!troubled) {
        LOG.warn("{} cannot keep a snapshot of block {}: {}", name, height, e.toString());
      }
      troubled = true;
    }
  }

  /** Nothing of a height, or all of it. */
  private void write(long height, Snapshot snapshot) throws IOException {
    try {
      store.write(height, SnapshotCodec.encode(snapshot));
    } catch (IOException | RuntimeException e) {
      store.delete(height);
      throw e;
    }
  }

  /**
   * Forgets all that is not sound, and all below the newest one from which a start can go on; how
   * many are left.
   */
  private int forgetUnneeded() throws IOException {
    var usable = sound.floor(needed.getAsLong());
    if (usable != null) {
      sound.headSet(usable).clear();
    }
    for (var height : store.heights()) {
      if (!sound.contains(height)) {
        store.delete(height);
      }
    }
    return sound.size();
  }

  @Override
  public void close() {
    closed = true;
    loop.close();
    meters.remove(gauge);
  }
}
