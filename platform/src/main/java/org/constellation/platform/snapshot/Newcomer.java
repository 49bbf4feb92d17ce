package org.constellation.platform.snapshot;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.constellation.platform.follow.BlockServer;
import org.constellation.platform.follow.FollowStart;
import org.constellation.platform.follow.FollowerProperties;
import org.constellation.platform.follow.LedgerMessage;
import org.constellation.platform.loop.Loop;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.loop.Turn;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.proof.Snapshot;
import org.constellation.protocol.wire.Decoded;
import org.constellation.protocol.wire.SnapshotCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for somebody else's snapshot before a member begins, and has it begin: there if it is far
 * ahead of what the member has itself, else where the member would begin by itself. Whatever others
 * say can cost time and nothing else: a snapshot counts only if its header is certified and its
 * entries have the root that the header names, and if there is none to be had the member executes
 * the ledger as ever. Interrupted, it begins anew with the next start.
 */
public final class Newcomer implements AutoCloseable {

  /** Most parts of a snapshot. */
  static final int PARTS_MAX = 1 << 16;

  /** One and the same part is asked for so often before somebody else is asked. */
  static final int TRIES_MAX = 10;

  /** After so many snapshots that came to nothing the member begins by itself. */
  static final int FAILURES_MAX = 8;

  /** Strangers come to nothing so often; then only the galaxy's members are listened to. */
  static final int STRANGERS_MAX = 2;

  private static final int BATCHES_MAX = 16;
  private static final Logger LOG = LoggerFactory.getLogger(Newcomer.class);

  private final String name;
  private final long ownHeight;
  private final Snapshots snapshots;
  private final Genesis genesis;
  private final Topics topics;
  private final SignatureVerifier verifier;
  private final List<Bytes> keepers;
  private final Predicate<Snapshot> fits;
  private final Consumer<FollowStart> begin;
  private final FollowerProperties properties;
  private final MeterRegistry meters;
  private final Tags tags;
  private final Loops loops;
  private final Queue<List<ReceivedEnvelope>> arrived = new ArrayBlockingQueue<>(BATCHES_MAX);
  private final Set<PublicKey> unreliable = new HashSet<>();
  private final Set<PublicKey> withoutSnapshot = new HashSet<>();
  private final EnvelopePublisher publisher;
  private final EnvelopeSubscription subscription;
  private final Loop loop;

  /** Until it is clear where to begin; a state that nobody needs must not stay in memory. */
  private @Nullable FollowStart own;

  private @Nullable SnapshotIntake intake;
  private long quietSince;
  private long nextAsk;
  private int asked;
  private int tries;
  private boolean ended;

  /** The first turn may come before there is everything that it needs. */
  private volatile boolean ready;

  /**
   * Begins to ask.
   *
   * @param name whose it is, for logs and metrics
   * @param member that it is
   * @param own where the member would begin by itself
   * @param snapshots where a snapshot is kept that was found
   * @param key signs the questions; answers are addressed to it
   * @param keepers whom to ask, in turn: {@link BlockServer#KEEPERS}, operational keys of galaxy
   *     members
   * @param fits whether the member could begin after a snapshot
   * @param begin is told once where to begin, in a turn of a worker
   */
  public Newcomer(
      String name,
      @Nullable String member,
      FollowStart own,
      Snapshots snapshots,
      Genesis genesis,
      Topics topics,
      Transport transport,
      SigningKey key,
      SignatureVerifier verifier,
      List<Bytes> keepers,
      Predicate<Snapshot> fits,
      Consumer<FollowStart> begin,
      FollowerProperties properties,
      MeterRegistry meters,
      Loops loops) {
    this.name = name;
    this.ownHeight = own.height();
    this.own = own;
    this.snapshots = snapshots;
    this.genesis = genesis;
    this.topics = topics;
    this.verifier = verifier;
    this.keepers = List.copyOf(keepers);
    this.fits = fits;
    this.begin = begin;
    this.properties = properties;
    this.meters = meters;
    this.tags = Tags.of(Metrics.MEMBER, name);
    this.loops = loops;
    this.quietSince = loops.nanos();
    this.nextAsk = quietSince;
    var place = new Committee(Committee.Layer.BLACKHOLE, 0);
    this.publisher = transport.publisher(new Sender(own.network(), place, 0, key));
    this.loop = loops.start(name + "-newcomer", member, this::turn);
    this.subscription =
        transport.subscribe(
            new Subscription(
                name + "-newcomer-reader",
                own.network(),
                List.of(
                    Feed.keyedTo(topics.blackholeSync(), Bytes.copyOf(key.publicKey().toBytes()))),
                Subscription.StartAt.LATEST,
                header -> true,
                verifier),
            this::deliver);
    this.ready = true;
    loop.wake();
  }

  private boolean deliver(List<ReceivedEnvelope> batch) {
    if (!arrived.offer(batch)) {
      return false;
    }
    loop.wake();
    return true;
  }

  private long turn() {
    if (!ready) {
      return Turn.UNTIL_WOKEN;
    }
    for (var batch = arrived.poll(); batch != null && !ended; batch = arrived.poll()) {
      for (var envelope : batch) {
        for (var message : envelope.messages()) {
          if (!ended
              && LedgerMessage.decode(message).orElse(null)
                  instanceof LedgerMessage.SnapshotPart part) {
            hear(envelope.header().sender(), part);
          }
        }
      }
    }
    return ended ? Turn.ENDED : goOn(loops.nanos());
  }

  private long goOn(long now) {
    var current = intake;
    if (current != null) {
      if (now >= nextAsk) {
        if (tries++ >= TRIES_MAX) {
          drop(current, "it stopped answering");
          return ended ? Turn.ENDED : 0;
        }
        pull(current, now);
      }
    } else if (now - quietSince >= properties.snapshotPatience().toNanos()) {
      finishByItself();
      return Turn.ENDED;
    } else if (now >= nextAsk) {
      var keeper = keepers.get(asked++ % keepers.size());
      send(keeper, new LedgerMessage.SnapshotPull(0, 0, 1));
      nextAsk = now + properties.gapPatience().toNanos();
    }
    return nextAsk - now;
  }

  private void pull(SnapshotIntake current, long now) {
    var from = current.missing();
    var count = Math.min(LedgerMessage.PULL_PARTS_MAX, current.parts() - from);
    current.expect(from + count);
    var direct = Bytes.copyOf(current.sender().toBytes());
    send(
        keepers.contains(direct) ? direct : BlockServer.KEEPERS,
        new LedgerMessage.SnapshotPull(current.height(), from, count));
    nextAsk = now + properties.gapPatience().toNanos();
  }

  private void send(Bytes keeper, LedgerMessage message) {
    publisher.publish(topics.blackholeSync(), keeper, List.of(message.encode()));
  }

  private void hear(PublicKey sender, LedgerMessage.SnapshotPart part) {
    var current = intake;
    if (current == null) {
      consider(sender, part);
    } else if (current.isOf(sender, part)) {
      take(current, part);
    }
  }

  private void consider(PublicKey sender, LedgerMessage.SnapshotPart part) {
    if (unreliable.contains(sender)) {
      return;
    }
    if (part.parts() > 0 && part.part() == 0 && isHeeded(sender)) {
      var block = SnapshotCodec.announced(part.content(), genesis, verifier);
      if (block.isEmpty() || block.get().header().height() != part.height()) {
        return;
      }
      if (part.height() - ownHeight > properties.farBehindBlocks()) {
        if (part.parts() <= PARTS_MAX) {
          intake = new SnapshotIntake(sender, part);
          askNext();
        }
        return;
      }
    }
    hearOfNothing(sender);
  }

  /**
   * Somebody has no snapshot that would be worth it. Of f + 1 galaxy members that say so one is
   * correct; the word of strangers is worth nothing.
   */
  private void hearOfNothing(PublicKey sender) {
    var galaxy = genesis.galaxy();
    if (galaxy.hasSeat(sender) && withoutSnapshot.add(sender)) {
      if (withoutSnapshot.size() > galaxy.faultyMax()) {
        finishByItself();
      } else {
        askNext();
      }
    }
  }

  /** Keepers of the blackhole are strangers, too: the genesis file does not name them. */
  private boolean isHeeded(PublicKey sender) {
    var galaxy = genesis.galaxy();
    return galaxy.hasSeat(sender)
        || unreliable.stream().filter(known -> !galaxy.hasSeat(known)).count() < STRANGERS_MAX;
  }

  private void askNext() {
    tries = 0;
    nextAsk = loops.nanos();
  }

  private void take(SnapshotIntake current, LedgerMessage.SnapshotPart part) {
    if (part.parts() == 0) {
      drop(current, "it is gone");
    } else if (current.add(part)) {
      if (current.bytes() > properties.snapshotBytesMax().toBytes()) {
        drop(current, "it is too large");
      } else if (current.missing() == current.parts()) {
        examine(current);
      } else if (current.hasAllExpected()) {
        askNext();
      } else {
        tries = 0;
        nextAsk = loops.nanos() + properties.gapPatience().toNanos();
      }
    }
  }

  private void examine(SnapshotIntake whole) {
    switch (SnapshotCodec.decode(whole.content().iterator(), genesis, verifier)) {
      case Decoded.Malformed<Snapshot>(var reason, var detail) ->
          drop(whole, reason + ", " + detail);
      case Decoded.Valid<Snapshot>(var snapshot) -> {
        if (fits.test(snapshot)) {
          adopt(whole, snapshot);
        } else {
          finishByItself();
        }
      }
    }
  }

  private void adopt(SnapshotIntake whole, Snapshot snapshot) {
    LOG.info(
        "{} begins after block {}, with a snapshot of {} bytes from another",
        name,
        whole.height(),
        whole.bytes());
    snapshots.adopt(whole.height(), whole.content());
    meters.counter(Metrics.SNAPSHOTS_ADOPTED, tags).increment();
    finish(FollowStart.executingAfter(snapshot.block().header(), snapshot.state()));
  }

  /** Whoever could not be relied on is not asked for a snapshot again by this start. */
  private void drop(SnapshotIntake current, String why) {
    LOG.warn("{} cannot take a snapshot of block {}: {}", name, current.height(), why);
    unreliable.add(current.sender());
    intake = null;
    quietSince = loops.nanos();
    askNext();
    if (unreliable.size() >= FAILURES_MAX) {
      finishByItself();
    }
  }

  private void finishByItself() {
    var start = own;
    if (start != null) {
      finish(start);
    }
  }

  private void finish(FollowStart start) {
    ended = true;
    intake = null;
    own = null;
    subscription.close();
    publisher.close();
    begin.accept(start);
  }

  @Override
  public void close() {
    loop.close();
    subscription.close();
    publisher.close();
  }
}
