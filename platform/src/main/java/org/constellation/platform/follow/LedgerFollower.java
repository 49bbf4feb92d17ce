package org.constellation.platform.follow;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.constellation.platform.observe.LogContext;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.topics.Purpose;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.platform.transport.Feed;
import org.constellation.platform.transport.ReceivedEnvelope;
import org.constellation.platform.transport.Sender;
import org.constellation.platform.transport.Subscription;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.BlockChunk;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.GalaxyCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger as one process has verified it: reads galaxy blocks, checks certificates itself,
 * executes them (or, when light, only checks the roots), and hands them on in order. A certified
 * block that differs from its execution ends the following, for good reason. What the broker does
 * not have is pulled from the blackhole's keepers and from galaxy members.
 */
public final class LedgerFollower implements AutoCloseable {

  /** Batches between the reading and the following thread; reading waits when it is full. */
  private static final int BATCHES_MAX = 16;

  private static final int PULL_BLOCKS = 16;
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(LedgerFollower.class);

  private final Topics topics;
  private final FollowerProperties properties;
  private final Clock clock;
  private final List<LedgerListener> listeners;
  private final BlockCheck chain;
  private final ChunkIntake chunks;
  private final PullSchedule pulls;
  private final BlockingQueue<List<ReceivedEnvelope>> arrived =
      new ArrayBlockingQueue<>(BATCHES_MAX);
  private final NavigableMap<Long, Waiting> ahead = new TreeMap<>();
  private final NavigableMap<Long, LedgerState> states = new ConcurrentSkipListMap<>();
  private final AtomicLong height;
  private final AtomicLong tick;
  private final MeterRegistry meters;
  private final List<Gauge> gauges;
  private final EnvelopePublisher publisher;
  private final EnvelopeSubscription subscription;
  private final Thread thread;
  private long bytesAhead;
  private volatile boolean closed;
  private volatile @Nullable String refused;
  private volatile @Nullable String listenerTrouble;

  private record Waiting(GalaxyBlock block, Bytes encoded) {}

  /**
   * Begins to follow at once.
   *
   * @param service its name, for threads, logs and metrics
   * @param key the service's own key: pulls are signed by it, and answers addressed to it
   * @param keepers whom to ask for blocks, in turn: {@link BlockServer#KEEPERS}, operational keys
   *     of galaxy members
   * @param listeners take the blocks, in this order
   */
  public LedgerFollower(
      String service,
      FollowStart start,
      Topics topics,
      Transport transport,
      SigningKey key,
      SignatureVerifier verifier,
      List<Bytes> keepers,
      List<LedgerListener> listeners,
      FollowerProperties properties,
      MeterRegistry meters,
      Clock clock) {
    this.topics = topics;
    this.properties = properties;
    this.clock = clock;
    this.listeners = List.copyOf(listeners);
    this.chain = new BlockCheck(start, verifier);
    this.chunks = new ChunkIntake(chain::isMember);
    this.pulls = new PullSchedule(properties, keepers, clock.millis());
    this.height = new AtomicLong(start.height());
    this.tick = new AtomicLong(start.time().tick());
    start.state().ifPresent(state -> states.put(start.height(), state));
    var tags = Tags.of(Metrics.MEMBER, service);
    this.meters = meters;
    this.gauges =
        List.of(
            Gauge.builder(Metrics.FOLLOWED_HEIGHT, height, AtomicLong::get)
                .tags(tags)
                .register(meters),
            Gauge.builder(Metrics.TICK, tick, AtomicLong::get).tags(tags).register(meters));
    var place = new Committee(Committee.Layer.BLACKHOLE, 0);
    this.publisher = transport.publisher(new Sender(start.network(), place, 0, key));
    this.thread =
        Thread.ofPlatform()
            .daemon()
            .name(service + "-follower")
            .start(LogContext.of(service, null, this::run));
    this.subscription =
        transport.subscribe(
            new Subscription(
                service + "-follower-reader",
                start.network(),
                List.of(
                    Feed.of(topics.blocks()),
                    Feed.keyedTo(topics.blackholeSync(), addressOf(key.publicKey()))),
                Subscription.StartAt.BEGINNING,
                header -> true,
                verifier),
            this::deliver);
  }

  private static Bytes addressOf(PublicKey key) {
    return Bytes.copyOf(key.toBytes());
  }

  private void deliver(List<ReceivedEnvelope> batch) {
    try {
      while (!closed && !arrived.offer(batch, LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        // Following is slower than reading: reading waits.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed && refused == null) {
        var batch = arrived.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (batch != null) {
          batch.forEach(this::take);
        }
        pullIfDue();
      }
      // Whoever reads for us must not wait for ever.
      while (!closed) {
        arrived.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      refuse("defect: " + e);
      LOG.error("Following ends by a defect of ours", e);
    }
  }

  private void take(ReceivedEnvelope envelope) {
    for (var message : envelope.messages()) {
      if (refused != null || closed) {
        return;
      }
      chunkOf(envelope.topic().purpose(), message)
          .filter(this::isWanted)
          .flatMap(chunk -> chunks.add(envelope.header().sender(), chunk))
          .ifPresent(encoded -> takeBlock(envelope.header().sender(), encoded));
    }
  }

  private static Optional<BlockChunk> chunkOf(Purpose purpose, Bytes message) {
    if (purpose == Purpose.BLOCKS) {
      return BlockChunks.decode(message).toOptional();
    }
    return LedgerMessage.decode(message)
        .map(said -> said instanceof LedgerMessage.Chunk(var chunk) ? chunk : null);
  }

  private boolean isWanted(BlockChunk chunk) {
    return chunk.number() > chain.height() && !ahead.containsKey(chunk.number());
  }

  private void takeBlock(PublicKey sender, Bytes encoded) {
    var decoded = GalaxyCodec.decode(encoded).toOptional();
    if (decoded.isEmpty()
        || decoded.get().header().height() <= chain.height()
        || !chain.isCertified(decoded.get())) {
      return;
    }
    chunks.wasUseful(sender);
    var block = decoded.get();
    var at = block.header().height();
    if (at == chain.height() + 1) {
      follow(new Waiting(block, encoded));
      followAhead();
    } else if (ahead.size() < properties.blocksAheadMax()
        && bytesAhead + encoded.length() <= properties.bytesAheadMax().toBytes()
        && ahead.putIfAbsent(at, new Waiting(block, encoded)) == null) {
      bytesAhead += encoded.length();
    }
  }

  private void followAhead() {
    while (!closed && refused == null && !ahead.isEmpty()) {
      var next = ahead.firstEntry();
      if (next.getKey() > chain.height() + 1) {
        return;
      }
      ahead.remove(next.getKey());
      bytesAhead -= next.getValue().encoded().length();
      if (next.getKey() == chain.height() + 1) {
        follow(next.getValue());
      }
    }
  }

  private void follow(Waiting next) {
    switch (chain.examine(next.block())) {
      case BlockVerdict.Refused(var why) -> {
        refuse(why);
        LOG.error("Following ends: {}", why);
      }
      case BlockVerdict.Accepted(var state) -> {
        if (!handOn(new FollowedBlock(next.block(), next.encoded(), state))) {
          return;
        }
        chain.advance(next.block().header(), state);
        state.ifPresent(this::keep);
        height.set(chain.height());
        tick.set(chain.time().tick());
        pulls.progress(clock.millis());
      }
    }
  }

  /**
   * Offers the block until every listener has taken it; {@code false} when closed meanwhile, or
   * when one refuses it for good.
   */
  private boolean handOn(FollowedBlock block) {
    for (var listener : listeners) {
      while (!tryOn(listener, block)) {
        if (refused != null || !pause()) {
          return false;
        }
      }
    }
    listenerTrouble = null;
    return true;
  }

  private boolean tryOn(LedgerListener listener, FollowedBlock block) {
    try {
      listener.on(block);
      return true;
    } catch (BlockRefused e) {
      refuse(String.valueOf(e.getMessage()));
      LOG.error("Following ends: {}", e.getMessage());
      return false;
    } catch (RuntimeException e) {
      if (listenerTrouble == null) {
        LOG.warn("Block {} cannot be taken yet", block.height(), e);
      }
      listenerTrouble = "block " + block.height() + " cannot be taken: " + e.getMessage();
      return false;
    }
  }

  private boolean pause() {
    try {
      Thread.sleep(properties.retryListener());
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void keep(LedgerState state) {
    states.put(state.height(), state);
    while (states.size() > properties.statesKept()) {
      states.pollFirstEntry();
    }
  }

  private void pullIfDue() {
    var now = clock.millis();
    if (refused == null && pulls.isDue(!ahead.isEmpty(), now)) {
      var pull = new LedgerMessage.Pull(chain.height() + 1, PULL_BLOCKS);
      publisher.publish(topics.blackholeSync(), pulls.nextKeeper(now), List.of(pull.encode()));
    }
  }

  private void refuse(String why) {
    refused = why;
  }

  /** Height of the newest block that was verified and handed on. */
  public long height() {
    return height.get();
  }

  /** The state after a recent height; empty for light followers and heights not kept. */
  public Optional<LedgerState> stateAt(long atHeight) {
    return Optional.ofNullable(states.get(atHeight));
  }

  /** The newest state; empty for light followers. */
  public Optional<LedgerState> latestState() {
    return Optional.ofNullable(states.lastEntry()).map(Map.Entry::getValue);
  }

  /** Why nothing is followed at present, for people; empty while all is well. */
  public Optional<String> trouble() {
    return Optional.ofNullable(refused)
        .or(() -> Optional.ofNullable(listenerTrouble))
        .or(() -> Optional.ofNullable(subscription.trouble()).map(why -> "broker: " + why));
  }

  /** Whether following ended because a certified block cannot be right. */
  public boolean isRefusing() {
    return refused != null;
  }

  @Override
  public void close() {
    closed = true;
    subscription.close();
    thread.interrupt();
    try {
      thread.join(CLOSE_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    publisher.close();
    // Whoever follows after this one under the same name has figures of its own.
    gauges.forEach(meters::remove);
  }
}
