package org.constellation.blackhole.serving;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.constellation.blackhole.BlackholeLedgerApplication;
import org.constellation.blackhole.ledger.LedgerTables;
import org.constellation.platform.loop.Loop;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.loop.Turn;
import org.constellation.platform.topics.Topic;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.SenderCheck;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StarRecord;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.EvidenceCodec;
import org.constellation.protocol.wire.GalaxyCodec;
import org.constellation.protocol.wire.SelfContradiction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Overhears what is gossiped to the clusters, and holds what names places that the ledger has
 * passed against the half-blocks that were executed there. A cluster remembers the last segment of
 * a star, a keeper all of them. A fork that it finds it shows to one cluster after the other, the
 * star's home first, until the ledger has marked the star.
 *
 * <p>What costs something is done once per message, and most of it only for what the star itself
 * signed: one look into a table for what is not news, one signature for what differs, and a block
 * is read for a real fork alone, of a star that is not marked and of which none is known yet.
 */
public final class ForkWatch implements AutoCloseable {

  /** Most stars of which a fork waits; of more, whatever is gossiped later is compared again. */
  static final int WAITING_MAX = 32;

  /**
   * One fork is shown in this time: a long one has half a mebibyte, and mostly the ledger has
   * marked its star before a second cluster is told.
   */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(ForkWatch.class);

  private final Hash network;
  private final SignatureVerifier verifier;
  private final LedgerTables tables;
  private final Supplier<Optional<LedgerState>> state;
  private final List<Topic> clusters;
  private final EnvelopePublisher publisher;
  private final EnvelopeSubscription subscription;
  private final Loops loops;
  private final Loop loop;

  /** Forks of stars that are not marked, in the order in which they are shown; under its lock. */
  private final Deque<Found> waiting = new ArrayDeque<>();

  private long dueAt;

  /** A fork, and which cluster is to hear of it next. */
  private record Found(StarId star, Bytes evidence, int next) {

    private Found after(int clusters) {
      return new Found(star, evidence, (next + 1) % clusters);
    }
  }

  /**
   * Begins to listen.
   *
   * @param key of the ledger, under which it speaks
   * @param tables in which executed half-blocks are looked up
   * @param state the newest one executed
   * @param loops run it
   */
  public ForkWatch(
      Genesis genesis,
      Topics topics,
      Transport transport,
      SigningKey key,
      SignatureVerifier verifier,
      LedgerTables tables,
      Supplier<Optional<LedgerState>> state,
      Loops loops) {
    this.network = genesis.network();
    this.verifier = verifier;
    this.tables = tables;
    this.state = state;
    this.loops = loops;
    this.clusters =
        genesis.clusters().stream().map(plan -> topics.gossip(plan.committee().cluster())).toList();
    this.dueAt = loops.nanos();
    this.publisher =
        transport.publisher(
            new Sender(network, new Committee(Committee.Layer.BLACKHOLE, 0), 0, key));
    this.loop = loops.start(BlackholeLedgerApplication.NAME + "-forks", null, this::turn);
    this.subscription =
        transport.subscribe(
            new Subscription(
                BlackholeLedgerApplication.NAME + "-forks",
                network,
                clusters.stream().map(Feed::of).toList(),
                Subscription.StartAt.LATEST,
                SenderCheck.anyone(),
                verifier),
            this::overhear);
  }

  private boolean overhear(List<ReceivedEnvelope> batch) {
    try {
      for (var envelope : batch) {
        for (var message : envelope.messages()) {
          ChainCodec.decodeSegment(message).toOptional().ifPresent(this::compare);
        }
      }
      return true;
    } catch (DataAccessException e) {
      LOG.debug("What is gossiped cannot be compared for now", e);
      return false;
    }
  }

  private void compare(Segment segment) {
    var star = segment.star();
    var now = state.get();
    var known = now.flatMap(ledger -> ledger.star(star));
    if (known.isEmpty()
        || known.get().forked()
        || !segment.first().network().equals(network)
        || isWaiting(star)) {
      return;
    }
    var place = placeOf(segment, known.get(), now.orElseThrow());
    if (place.isPresent()) {
      compare(segment, place.getAsLong());
    }
  }

  /**
   * The latest place at which the segment can be held against the ledger: what differs anywhere
   * before it differs there, since ids chain, and there the evidence is the shortest. Only what was
   * signed by the key that was the star's at that place says anything about the star.
   */
  private static OptionalLong placeOf(Segment segment, StarRecord known, LedgerState ledger) {
    var sequence = Math.min(segment.last().sequence(), known.sequence());
    var first = Math.max(1, segment.first().sequence());
    while (sequence >= first) {
      if (ledger.keyAt(segment.star(), sequence).filter(segment.key()::equals).isPresent()) {
        return OptionalLong.of(sequence);
      }
      sequence--;
    }
    return OptionalLong.empty();
  }

  private void compare(Segment segment, long sequence) {
    var placed = tables.placed(segment.star(), sequence);
    if (placed.isEmpty()
        || hasAt(segment, sequence, placed.get().id())
        || !segment.isSignedBy(verifier)) {
      return;
    }
    executed(segment, sequence, placed.get())
        .map(executed -> new Evidence.Fork(executed, segment.from(sequence)))
        .filter(fork -> SelfContradiction.isShown(fork, network, verifier))
        .ifPresent(fork -> found(fork, sequence));
  }

  private static boolean hasAt(Segment segment, long sequence, Hash id) {
    var index = sequence - segment.first().sequence();
    return index >= 0
        && index < segment.halfBlocks().size()
        && segment.halfBlocks().get((int) index).id().equals(id);
  }

  /** The rest of the executed segment from the half-block on, which its star signed as a whole. */
  private Optional<Segment> executed(Segment other, long sequence, LedgerTables.Placed placed) {
    return tables
        .block(placed.height())
        .flatMap(stored -> GalaxyCodec.decode(stored.encoded()).toOptional())
        .flatMap(
            block ->
                block.content().checkpoints().stream()
                    .flatMap(checkpoint -> checkpoint.body().segments().stream())
                    .filter(segment -> segment.star().equals(other.star()))
                    .filter(segment -> segment.key().equals(other.key()))
                    .filter(segment -> hasAt(segment, sequence, placed.id()))
                    .findFirst())
        .map(segment -> segment.from(sequence));
  }

  private void found(Evidence.Fork fork, long sequence) {
    var star = fork.first().star();
    var home = state.get().flatMap(ledger -> ledger.star(star)).map(StarRecord::home).orElse(0);
    synchronized (waiting) {
      if (waiting.size() >= WAITING_MAX) {
        LOG.debug("No room for a fork of {}", star);
        return;
      }
      waiting.addFirst(new Found(star, EvidenceCodec.encode(fork), home % clusters.size()));
    }
    LOG.info("{} signed another half-block at sequence {} than was executed", star, sequence);
    loop.wake();
  }

  private boolean isWaiting(StarId star) {
    synchronized (waiting) {
      return waiting.stream().anyMatch(found -> found.star().equals(star));
    }
  }

  private long turn() {
    var left = dueAt - loops.nanos();
    if (left > 0) {
      return left;
    }
    var next = next();
    if (next.isEmpty()) {
      return Turn.UNTIL_WOKEN;
    }
    var found = next.get();
    publisher.publish(
        clusters.get(found.next()),
        Bytes.copyOf(found.star().toBytes()),
        List.of(found.evidence()));
    dueAt = loops.nanos() + PAUSE.toNanos();
    return PAUSE.toNanos();
  }

  /** The fork whose turn it is, which then waits behind the others. */
  private Optional<Found> next() {
    var ledger = state.get();
    synchronized (waiting) {
      waiting.removeIf(
          found ->
              ledger.flatMap(now -> now.star(found.star())).filter(StarRecord::forked).isPresent());
      var first = Optional.ofNullable(waiting.pollFirst());
      first.ifPresent(found -> waiting.addLast(found.after(clusters.size())));
      return first;
    }
  }

  @Override
  public void close() {
    subscription.close();
    loop.close();
    publisher.close();
  }
}
