package org.constellation.galaxyservice.member;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.constellation.consensus.galaxy.ExecutedBlock;
import org.constellation.consensus.galaxy.GalaxyRules;
import org.constellation.consensus.layer.CertifiedBlock;
import org.constellation.consensus.layer.Layer;
import org.constellation.consensus.layer.LayerConfig;
import org.constellation.consensus.layer.LayerPorts;
import org.constellation.consensus.layer.LayerTiming;
import org.constellation.consensus.subset.SubsetSource;
import org.constellation.platform.follow.BlockServer;
import org.constellation.platform.follow.FollowStart;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.platform.follow.GalaxyEnd;
import org.constellation.platform.follow.LedgerFollower;
import org.constellation.platform.hosting.BlockOutlet;
import org.constellation.platform.hosting.Hosting;
import org.constellation.platform.hosting.MemberFeed;
import org.constellation.platform.hosting.PoolAge;
import org.constellation.platform.journal.JournalUnusable;
import org.constellation.platform.member.MemberDriver;
import org.constellation.platform.member.MemberSeat;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.observe.TransactionTrail;
import org.constellation.platform.provision.MemberFiles;
import org.constellation.platform.snapshot.Newcomer;
import org.constellation.platform.snapshot.Snapshots;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.platform.transport.EnvelopeSubscription;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.proof.CertifiedHeader;
import org.constellation.protocol.proof.Snapshot;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.GalaxyCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of the galaxy. It takes certified checkpoints and notices, and publishes certified
 * galaxy blocks until they have arrived. It executes by itself; the blackhole is read only to get
 * to where the journal begins, or after a long absence.
 */
public final class GalaxyMember implements AutoCloseable {

  /** A member so many blocks behind what is published reads the blackhole to catch up. */
  static final int BEHIND_MAX = 64;

  /** Where nobody confirms blocks: of so many of the newest it sends its own again and again. */
  private static final int RESENT_BEHIND_MAX = 256;

  /**
   * A member can begin after any snapshot: what the journal has beyond it is executed, what it has
   * before is passed over.
   */
  private static final long ANY_HEIGHT = Long.MAX_VALUE - 1;

  private static final Logger LOG = LoggerFactory.getLogger(GalaxyMember.class);

  private final Hosting hosting;
  private final MemberFiles files;
  private final MemberSeat seat;
  private final SubsetSource subsets;
  private final boolean hasKeeper;
  private final BlockFiles blocks;
  private final EnvelopePublisher publisher;
  private final BlockOutlet outlet;
  private final Snapshots snapshots;
  private final BlockServer server;
  private final EnvelopeSubscription horizon;
  private final PoolAge<PoolEntry> poolAge;
  private final AtomicLong tick = new AtomicLong();
  private final AtomicLong certified = new AtomicLong();
  private volatile int poolSize;
  private volatile @Nullable Running running;
  private volatile @Nullable LedgerFollower rescue;
  private volatile @Nullable Newcomer newcomer;
  private volatile @Nullable Seen latest;
  private volatile long startHeight;
  private volatile boolean isRecalled;
  private volatile boolean hasBegun;
  private volatile @Nullable CertifiedHeader newest;
  private volatile boolean refused;
  private volatile boolean closed;

  private record Running(
      MemberDriver<ExecutedBlock> driver, GalaxyRules rules, List<MemberFeed> intakes) {}

  /**
   * A certified block of this member.
   *
   * @param state after it
   */
  public record Seen(GalaxyHeader header, LedgerState state) {}

  /**
   * Hosts a galaxy member. It begins to speak once it has the state at which its journal begins.
   *
   * @param directory of its keys, journal and copies of blocks
   * @param keeper the blackhole-ledger that releases stored blocks
   * @throws IOException if its keys cannot be read or have no seat, or the directory not written
   */
  public GalaxyMember(Hosting hosting, Path directory, Optional<PublicKey> keeper)
      throws IOException {
    var keys = new MemberFiles(directory);
    var seat = hosting.seat(keys, List.of(hosting.genesis().galaxy()));
    this(
        hosting,
        seat,
        SubsetSource.tossing(keys.coin(seat.plan(), seat.self())),
        directory,
        keeper);
  }

  /**
   * Hosts a galaxy member whose keys are not in files.
   *
   * @param subsets how it agrees with the other members
   * @param directory of its journal and copies of blocks
   * @param keeper the blackhole-ledger that releases stored blocks
   * @throws IOException if the directory cannot be written
   */
  public GalaxyMember(
      Hosting hosting,
      MemberSeat seat,
      SubsetSource subsets,
      Path directory,
      Optional<PublicKey> keeper)
      throws IOException {
    this.hosting = hosting;
    this.files = new MemberFiles(directory);
    this.seat = seat;
    this.subsets = subsets;
    this.hasKeeper = keeper.isPresent();
    this.blocks = new BlockFiles(hosting.disk(), directory.resolve("blocks"));
    this.poolAge = new PoolAge<>(hosting.clock());
    this.publisher = hosting.publisherOf(seat);
    this.snapshots = hosting.snapshots(seat, directory, () -> ANY_HEIGHT);
    this.outlet =
        new BlockOutlet(
            hosting.service(),
            seat,
            hosting.topics().blocks(),
            blocks,
            publisher,
            hosting.pace(),
            hosting.loops());
    this.server =
        new BlockServer(
            hosting.service() + "-" + seat.name(),
            seat.network(),
            seat.address(),
            blocks,
            snapshots,
            this::end,
            hosting.topics(),
            hosting.transport(),
            seat.key(),
            hosting.verifierOf(seat),
            hosting.meters(),
            hosting.clock());
    var tags = hosting.tags(seat);
    hosting.meters().gauge(Metrics.TICK, tags, tick);
    hosting.meters().gauge(Metrics.POOL_OLDEST, tags, poolAge, PoolAge::oldestSeconds);
    hosting.meters().gauge(Metrics.POOL_SIZE, tags, this, member -> member.poolSize);
    hosting.meters().gauge(Metrics.UNCONFIRMED, tags, outlet, BlockOutlet::waiting);
    this.startHeight = recall();
    var start = snapshots.startThrough(ANY_HEIGHT);
    if (hosting.isNewcomer(start)) {
      newcomer = hosting.seek(seat, start, snapshots, this::isNoNews, this::goOnFrom);
    } else {
      goOnFrom(start);
    }
    this.horizon =
        new Horizon(
                hosting,
                seat,
                keeper,
                new PublishedBlocks(seat.plan(), hosting.verifierOf(seat), blocks::hash),
                this::sentBySomebody,
                this::publishedBySomebody,
                this::stored)
            .subscribe();
  }

  /**
   * Whether the journal knows of all that this member signed, as far as a snapshot shows. If not,
   * it executes every block: where it finds its forgotten signature it falls silent.
   */
  private boolean isNoNews(Snapshot snapshot) {
    recallIfNeeded();
    return snapshot.block().header().height() <= certified.get()
        || snapshot.block().certificate().signatures().stream()
            .noneMatch(signature -> signature.member() == seat.self());
  }

  /** While constructing, or in the newcomer's turn. */
  private void goOnFrom(FollowStart start) {
    certified.accumulateAndGet(start.height(), Math::max);
    if (closed) {
      return;
    }
    recallIfNeeded();
    hasBegun = isRecalled;
    if (start.height() >= startHeight) {
      begin(start.state().orElseThrow(), start.hash());
    } else {
      rescue = hosting.follow(seat, start, this::followed);
    }
  }

  /**
   * Takes up the journal's blocks; the height from which on it has all of them. Where the member
   * began after somebody else's snapshot there is a gap.
   */
  private long recall() {
    try {
      var held = hosting.certified(seat, files.journal());
      for (var entry : held) {
        GalaxyCodec.decode(entry.encoded())
            .toOptional()
            .ifPresent(block -> recall(block, entry.encoded()));
      }
      blocks.recallOthers();
      isRecalled = true;
      var unbroken = 0L;
      var before = -1L;
      for (var entry : held) {
        unbroken = entry.round() == before + 1 ? unbroken : entry.round() - 1;
        before = entry.round();
      }
      return unbroken;
    } catch (JournalUnusable e) {
      // A disk may only be full; if not, starting it fails for the same reason, and says so.
      return 0;
    }
  }

  /** What could not be read a moment ago may be readable when the member is about to begin. */
  private void recallIfNeeded() {
    if (!isRecalled) {
      startHeight = recall();
    }
  }

  private void recall(GalaxyBlock block, Bytes encoded) {
    var header = block.header();
    blocks.recall(header.height(), header.hash(), encoded);
    hold(new CertifiedHeader(header, block.certificate()));
  }

  private void hold(CertifiedHeader block) {
    var header = block.header();
    outlet.offer(header.height());
    certified.set(header.height());
    tick.set(header.tick());
    newest = block;
  }

  /** Starts the member at a state; while constructing, or in the follower's turn. */
  private void begin(LedgerState state, Hash tip) {
    try {
      var assembled = new Assembled();
      var driver =
          hosting
              .members()
              .<ExecutedBlock>start(
                  seat,
                  files.journal(),
                  (recall, signer, verifier) -> {
                    var made = new GalaxyRules(seat.plan(), state, tip, verifier);
                    assembled.rules = Optional.of(made);
                    return new Layer<>(
                        new LayerConfig(
                            seat.network(),
                            seat.plan(),
                            seat.self(),
                            LayerTiming.withIdle(state.parameters().idleRoundMillis())),
                        made,
                        new LayerPorts(subsets, signer, verifier),
                        recall);
                  },
                  this::certified);
      var rules = assembled.rules.orElseThrow();
      // The first task, so there is room for it.
      driver.execute(() -> restored(rules));
      running =
          new Running(
              driver,
              rules,
              List.of(
                  new CheckpointIntake(hosting, seat, driver, rules, poolAge, () -> measure(rules))
                      .open(),
                  new NoticeIntake(hosting, seat, driver, rules, poolAge, () -> measure(rules))
                      .open()));
    } catch (JournalUnusable e) {
      // The members' health page says why; nothing else is to be done for it.
      refused = true;
    }
  }

  /** What the assembly made, brought out of its lambda. */
  private static final class Assembled {
    private Optional<GalaxyRules> rules = Optional.empty();
  }

  private void measure(GalaxyRules rules) {
    poolSize = rules.poolSize();
  }

  /** In the member's turn: what the journal's blocks led to, before the next is certified. */
  private void restored(GalaxyRules rules) {
    var header = newest().orElse(null);
    var state = rules.state();
    if (header != null && header.stateRoot().equals(state.root())) {
      latest = new Seen(header, state);
    }
  }

  /** In the member's turn. */
  private void certified(CertifiedBlock<ExecutedBlock> block) {
    var executed = block.block();
    blocks.put(executed.header().height(), executed.header().hash(), block.encoded());
    var head = new CertifiedHeader(executed.header(), block.certificate());
    hold(head);
    TransactionTrail.receipted(executed.receipts(), "executed", executed.header().height());
    if (executed.state().height() == block.round()) {
      latest = new Seen(executed.header(), executed.state());
      snapshots.passed(executed.content(), new Snapshot(head, executed.state()));
      poolAge.removeIf(entry -> entry.isGone(executed.state()));
    }
    var now = running;
    if (now != null) {
      measure(now.rules());
    }
  }

  /** Where the horizon's subscription hands over. */
  private void sentBySomebody(long height) {
    if (hasKeeper) {
      outlet.seen(height);
    } else {
      outlet.arrived(height);
    }
  }

  /** Where the horizon's subscription hands over. */
  private void publishedBySomebody(long height) {
    if (!hasKeeper) {
      // Nobody confirms those that it sent itself; whoever still lacks one pulls it.
      outlet.arrivedThrough(height - RESENT_BEHIND_MAX);
    }
    var behind = height - certified.get();
    var helper = rescue;
    if (running == null || closed) {
      return;
    }
    if (helper == null && behind > BEHIND_MAX) {
      LOG.info("{} is {} blocks behind, and reads the blackhole", seat.name(), behind);
      rescue = hosting.follow(seat, rescueStart(), this::followed);
    } else if (helper != null && behind <= 1) {
      rescue = null;
      helper.close();
    }
  }

  private FollowStart rescueStart() {
    var seen = latest;
    return seen == null
        ? snapshots.startThrough(ANY_HEIGHT)
        : FollowStart.executingAfter(seen.header(), seen.state());
  }

  /** In the follower's turn. */
  private boolean followed(FollowedBlock block) {
    var now = running;
    if (refused || closed) {
      return true;
    }
    if (now == null) {
      if (block.height() == startHeight) {
        begin(block.state().orElseThrow(), block.block().header().hash());
      }
    } else if (block.height() > certified.get()) {
      return now.driver().offerBlock(block.encoded());
    }
    return true;
  }

  /** Where the horizon's subscription hands over. */
  private void stored(long height) {
    outlet.arrivedThrough(height);
    var kept = blocks.stored(height);
    var now = running;
    if (now != null && !now.driver().execute(() -> now.rules().storedThrough(kept))) {
      LOG.debug("{} hears of a later height", seat.name());
    }
  }

  /** Which member it is. */
  public MemberSeat seat() {
    return seat;
  }

  /** The header of its newest certified block, be it only in its journal. */
  public Optional<GalaxyHeader> newest() {
    return Optional.ofNullable(newest).map(CertifiedHeader::header);
  }

  /**
   * How far it is. Nothing before its journal was read, and nothing while it began after a block of
   * which it has no certificate: what it cannot show must not look like the end.
   */
  private Optional<GalaxyEnd> end() {
    var end = new GalaxyEnd(Optional.ofNullable(newest));
    return Optional.of(end).filter(_ -> hasBegun && end.height() == certified.get());
  }

  /** Its newest certified block with the state after it, as soon as it has that. */
  public Optional<Seen> latest() {
    return Optional.ofNullable(latest);
  }

  /** How many checkpoints and notices wait in its pool. */
  public int poolSize() {
    return poolSize;
  }

  /** How many of its certified blocks nobody has confirmed. */
  public int unconfirmed() {
    return outlet.waiting();
  }

  /** Why it has not begun; empty once it has. */
  public Optional<String> trouble() {
    if (running != null || refused) {
      return Optional.empty();
    }
    var helper = rescue;
    if (helper == null) {
      return Optional.of("asks others for a snapshot of the ledger");
    }
    return Optional.of(
        "waits for galaxy height %d, has verified %d%s"
            .formatted(
                startHeight,
                helper.height(),
                helper.trouble().map(why -> " (" + why + ")").orElse("")));
  }

  /** Stops what this class started; the member itself is stopped with {@code Members}. */
  @Override
  public void close() {
    closed = true;
    var seeking = newcomer;
    if (seeking != null) {
      seeking.close();
    }
    horizon.close();
    var helper = rescue;
    if (helper != null) {
      helper.close();
    }
    var now = running;
    if (now != null) {
      now.intakes().forEach(MemberFeed::close);
    }
    server.close();
    snapshots.close();
    outlet.close();
    publisher.close();
  }
}
