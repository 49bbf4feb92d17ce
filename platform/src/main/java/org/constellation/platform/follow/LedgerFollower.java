package org.constellation.platform.follow;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.constellation.platform.loop.Loop;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.loop.Turn;
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

  /** Batches between reading and following; reading waits when they are there. */
  private static final int BATCHES_MAX = 16;

  /** Blocks are looked for in the broker from so long before their own time on. */
  private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

  private static final Duration LOOK = Duration.ofMillis(100);

  /** A listener that is full may have room again after this time. */
  private static final Duration FULL_AGAIN = Duration.ofMillis(10);

  private static final Logger LOG = LoggerFactory.getLogger(LedgerFollower.class);

  private final Topics topics;
  private final FollowerProperties properties;
  private final Clock clock;
  private final List<LedgerListener> listeners;
  private final BlockCheck chain;
  private final ChunkIntake chunks;
  private final PullSchedule pulls;
  private final Queue<List<ReceivedEnvelope>> arrived = new ArrayBlockingQueue<>(BATCHES_MAX);
  private final Queue<Said> said = new ArrayDeque<>();
  private final NavigableMap<Long, Waiting> ahead = new TreeMap<>();
  private final NavigableMap<Long, LedgerState> states = new ConcurrentSkipListMap<>();
  private final AtomicLong height;
  private final AtomicLong tick;
  private final MeterRegistry meters;
  private final List<Gauge> gauges;
  private final PublicKey self;
  private final EndCensus census = new EndCensus();
  private final EnvelopePublisher publisher;
  private final EnvelopeSubscription subscription;
  private final Loops loops;
  private final Loop loop;
  private @Nullable Offer offer;
  private long bytesAhead;
  private volatile boolean seeksEnd;
  private volatile boolean closed;
  private volatile @Nullable String refused;
  private volatile @Nullable String listenerTrouble;

  private record Waiting(GalaxyBlock block, Bytes encoded) {}

  /** One message of the batch at hand. */
  private record Said(Purpose where, PublicKey sender, Bytes message) {}

  /** The next block, which follows, while not every listener has taken it. */
  private static final class Offer {
    private final FollowedBlock block;
    private int takers;
    private long dueAt;

    private Offer(FollowedBlock block, long now) {
      this.block = block;
      this.dueAt = now;
    }
  }

  /**
   * Begins to follow at once.
   *
   * @param name whose follower it is, for logs and metrics
   * @param member for which it follows; null for the service itself
   * @param key the service's own key: pulls are signed by it, and answers addressed to it
   * @param keepers whom to ask for blocks, in turn: {@link BlockServer#KEEPERS}, operational keys
   *     of galaxy members
   * @param listeners take the blocks, in this order
   * @param loops run it
   */
  public LedgerFollower(
      String name,
      @Nullable String member,
      FollowStart start,
      Topics topics,
      Transport transport,
      SigningKey key,
      SignatureVerifier verifier,
      List<Bytes> keepers,
      List<LedgerListener> listeners,
      FollowerProperties properties,
      MeterRegistry meters,
      Loops loops,
      Clock clock) {
    this.topics = topics;
    this.properties = properties;
    this.loops = loops;
    this.clock = clock;
    this.listeners = List.copyOf(listeners);
    this.self = key.publicKey();
    this.chain = new BlockCheck(start, verifier);
    this.chunks = new ChunkIntake(chain::isMember);
    this.pulls = new PullSchedule(properties, keepers, clock.millis());
    this.height = new AtomicLong(start.height());
    this.tick = new AtomicLong(start.time().tick());
    start.state().ifPresent(state -> states.put(start.height(), state));
    var tags = Tags.of(Metrics.MEMBER, name);
    this.meters = meters;
    this.gauges =
        List.of(
            Gauge.builder(Metrics.FOLLOWED_HEIGHT, height, AtomicLong::get)
                .tags(tags)
                .register(meters),
            Gauge.builder(Metrics.TICK, tick, AtomicLong::get).tags(tags).register(meters),
            Gauge.builder(Metrics.FOLLOWER_REFUSING, this, one -> one.isRefusing() ? 1 : 0)
                .tags(tags)
                .register(meters));
    var place = new Committee(Committee.Layer.BLACKHOLE, 0);
    this.publisher = transport.publisher(new Sender(start.network(), place, 0, key));
    this.loop = loops.start(name + "-follower", member, this::turn);
    this.subscription =
        transport.subscribe(
            new Subscription(
                name + "-follower-reader",
                start.network(),
                List.of(
                    Feed.of(topics.blocks()),
                    Feed.keyedTo(topics.blackholeSync(), addressOf(self))),
                new Subscription.StartAt.Since(start.time().timeMillis() - CLOCKS_APART.toMillis()),
                header -> true,
                verifier),
            this::deliver);
  }

  private static Bytes addressOf(PublicKey key) {
    return Bytes.copyOf(key.toBytes());
  }

  /** Following is slower than reading: reading waits. After its end it must not wait for ever. */
  private boolean deliver(List<ReceivedEnvelope> batch) {
    if (refused == null && !arrived.offer(batch)) {
      return false;
    }
    loop.wake();
    return true;
  }

  private long turn() {
    try {
      return takeTurn();
    } catch (RuntimeException | Error e) {
      refuse("defect: " + e);
      LOG.error("Following ends by a defect of ours", e);
      return Turn.ENDED;
    }
  }

  /** One batch, as far as the listeners go along. */
  private long takeTurn() {
    if (offer == null && said.isEmpty()) {
      unpack();
    }
    while (!closed && refused == null) {
      if (offer != null) {
        var pause = handOn(offer);
        if (pause > 0) {
          return pause;
        }
      } else if (!takeAhead() && !takeSaid()) {
        askIfDue();
        pullIfDue();
        return arrived.isEmpty() ? LOOK.toNanos() : 0;
      }
    }
    return Turn.ENDED;
  }

  private void unpack() {
    var batch = arrived.poll();
    if (batch != null) {
      for (var envelope : batch) {
        var where = envelope.topic().purpose();
        var sender = envelope.header().sender();
        envelope.messages().forEach(message -> said.add(new Said(where, sender, message)));
      }
    }
  }

  /** Takes the next message; whether there was one. */
  private boolean takeSaid() {
    var next = said.poll();
    if (next == null) {
      return false;
    }
    if (next.where() == Purpose.BLOCKS) {
      BlockChunks.decode(next.message())
          .toOptional()
          .ifPresent(chunk -> takeChunk(next.sender(), chunk));
      return true;
    }
    switch (LedgerMessage.decode(next.message()).orElse(null)) {
      case LedgerMessage.Chunk(var chunk) -> takeChunk(next.sender(), chunk);
      case LedgerMessage.EndAnswer(var asker, var end) when asker.equals(self) ->
          takeEnd(next.sender(), end);
      case null, default -> {}
    }
    return true;
  }

  private void takeChunk(PublicKey sender, BlockChunk chunk) {
    if (chunk.number() > chain.height() && !ahead.containsKey(chunk.number())) {
      chunks.add(sender, chunk).ifPresent(encoded -> takeBlock(sender, encoded));
    }
  }

  private void takeEnd(PublicKey sender, GalaxyEnd end) {
    if (end.newest()
        .map(block -> chain.isCertified(block.header(), block.certificate()))
        .orElse(true)) {
      census.answered(chain.galaxy(), sender, end.height());
    }
  }

  private void takeBlock(PublicKey sender, Bytes encoded) {
    var decoded = GalaxyCodec.decode(encoded).toOptional();
    if (decoded.isEmpty()
        || decoded.get().header().height() <= chain.height()
        || !chain.isCertified(decoded.get().header(), decoded.get().certificate())) {
      return;
    }
    chunks.wasUseful(sender);
    var block = decoded.get();
    var at = block.header().height();
    if (at == chain.height() + 1) {
      examine(new Waiting(block, encoded));
    } else if (ahead.size() < properties.blocksAheadMax()
        && bytesAhead + encoded.length() <= properties.bytesAheadMax().toBytes()
        && ahead.putIfAbsent(at, new Waiting(block, encoded)) == null) {
      bytesAhead += encoded.length();
    }
  }

  /** Takes the first block that waited for those before it; whether its turn has come. */
  private boolean takeAhead() {
    if (ahead.isEmpty() || ahead.firstKey() > chain.height() + 1) {
      return false;
    }
    var next = ahead.pollFirstEntry();
    bytesAhead -= next.getValue().encoded().length();
    if (next.getKey() == chain.height() + 1) {
      examine(next.getValue());
    }
    return true;
  }

  private void examine(Waiting next) {
    switch (chain.examine(next.block())) {
      case BlockVerdict.Refused(var why) -> {
        refuse(why);
        LOG.error("Following ends: {}", why);
      }
      case BlockVerdict.Accepted(var state) ->
          offer = new Offer(new FollowedBlock(next.block(), next.encoded(), state), loops.nanos());
    }
  }

  /** Offers the block to those who lack it; how long to wait before more is worth a try. */
  private long handOn(Offer current) {
    while (current.takers < listeners.size()) {
      var left = current.dueAt - loops.nanos();
      if (left > 0) {
        return left;
      }
      var pause = tryOn(listeners.get(current.takers), current.block);
      if (refused != null) {
        return 0;
      }
      if (pause.isZero()) {
        current.takers++;
      } else {
        current.dueAt = loops.nanos() + pause.toNanos();
      }
    }
    offer = null;
    listenerTrouble = null;
    advance(current.block);
    return 0;
  }

  /** How long to wait before the block is offered to this listener again; zero if it took it. */
  private Duration tryOn(LedgerListener listener, FollowedBlock block) {
    try {
      return listener.on(block) ? Duration.ZERO : FULL_AGAIN;
    } catch (BlockRefused e) {
      refuse(String.valueOf(e.getMessage()));
      LOG.error("Following ends: {}", e.getMessage());
      return Duration.ZERO;
    } catch (RuntimeException e) {
      if (listenerTrouble == null) {
        LOG.warn("Block {} cannot be taken yet", block.height(), e);
      }
      listenerTrouble = "block " + block.height() + " cannot be taken: " + e.getMessage();
      return properties.retryListener();
    }
  }

  private void advance(FollowedBlock block) {
    chain.advance(block.block().header(), block.state());
    block.state().ifPresent(this::keep);
    height.set(chain.height());
    tick.set(chain.time().tick());
    pulls.progress(clock.millis());
  }

  private void keep(LedgerState state) {
    states.put(state.height(), state);
    while (states.size() > properties.statesKept()) {
      states.pollFirstEntry();
    }
  }

  private void pullIfDue() {
    var now = clock.millis();
    if (pulls.isDue(!ahead.isEmpty(), now)) {
      var blocks = LedgerMessage.PULL_BLOCKS_MAX;
      var pull = new LedgerMessage.Pull(chain.height() + 1, blocks);
      publisher.publish(
          topics.blackholeSync(), pulls.nextKeeper(blocks, now), List.of(pull.encode()));
    }
  }

  private void askIfDue() {
    if (seeksEnd && census.isDue(clock.millis())) {
      for (var member : chain.galaxy().members()) {
        if (census.isMissing(member.operationalKey())) {
          publisher.publish(
              topics.blackholeSync(),
              addressOf(member.operationalKey()),
              List.of(new LedgerMessage.EndQuestion().encode()));
        }
      }
    }
  }

  private void refuse(String why) {
    refused = why;
    arrived.clear();
    said.clear();
    ahead.clear();
  }

  /**
   * Asks the galaxy's members from now on where the ledger ends. The key of this follower must have
   * been made for it: else old answers to it are taken for new ones.
   */
  public void seekEnd() {
    seeksEnd = true;
  }

  /**
   * The height up to which the ledger has to be read, so that all is known that was certified
   * before {@link #seekEnd}. Empty until n−f members of the galaxy have answered.
   */
  public OptionalLong end() {
    return census.end();
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
    loop.close();
    publisher.close();
    // Whoever follows after this one under the same name has figures of its own.
    gauges.forEach(meters::remove);
  }
}
