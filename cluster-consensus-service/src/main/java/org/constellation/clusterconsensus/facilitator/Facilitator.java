package org.constellation.clusterconsensus.facilitator;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.constellation.consensus.cluster.Checkpoint;
import org.constellation.consensus.cluster.ClusterRules;
import org.constellation.consensus.layer.CertifiedBlock;
import org.constellation.consensus.layer.Layer;
import org.constellation.consensus.layer.LayerConfig;
import org.constellation.consensus.layer.LayerPorts;
import org.constellation.consensus.layer.LayerTiming;
import org.constellation.consensus.subset.SubsetSource;
import org.constellation.platform.follow.BlockSource;
import org.constellation.platform.follow.FollowStart;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.platform.follow.LedgerFollower;
import org.constellation.platform.hosting.BlockOutlet;
import org.constellation.platform.hosting.Hosting;
import org.constellation.platform.hosting.MemberFeed;
import org.constellation.platform.journal.JournalUnusable;
import org.constellation.platform.member.MemberDriver;
import org.constellation.platform.member.MemberSeat;
import org.constellation.platform.observe.Metrics;
import org.constellation.platform.observe.TransactionTrail;
import org.constellation.platform.provision.MemberFiles;
import org.constellation.platform.snapshot.Newcomer;
import org.constellation.platform.snapshot.Snapshots;
import org.constellation.platform.transport.EnvelopePublisher;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.proof.Snapshot;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.CheckpointCodec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One facilitator of one cluster. It follows the ledger by itself, takes segments from its
 * cluster's stars, and hands certified checkpoints up until the ledger shows them final.
 */
public final class Facilitator implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Facilitator.class);

  private final Hosting hosting;
  private final MemberFiles files;
  private final MemberSeat seat;
  private final SubsetSource subsets;
  private final int cluster;
  private volatile long startHeight;
  private volatile boolean isRecalled;
  private final HeldCheckpoints checkpoints = new HeldCheckpoints();
  private final EnvelopePublisher publisher;
  private final BlockOutlet outlet;
  private final PoolGauges gauges;
  private final Snapshots snapshots;

  /** Where it begins by itself, until it is clear that it need not go back there. */
  private volatile @Nullable FollowStart own;

  private final @Nullable Newcomer newcomer;
  private volatile @Nullable LedgerFollower follower;
  private @Nullable Landing landing;
  private volatile @Nullable Running running;
  private volatile boolean refused;
  private volatile boolean closed;
  private volatile @Nullable CheckpointHeader last;

  private record Running(MemberDriver<Checkpoint> driver, ClusterRules rules, MemberFeed gossip) {}

  /**
   * Hosts a facilitator. It begins to speak once the ledger is followed as far as its journal
   * needs.
   *
   * @param directory of its keys and journal
   * @throws IOException if its keys cannot be read, or have no seat in a cluster
   */
  public Facilitator(Hosting hosting, Path directory) throws IOException {
    var keys = new MemberFiles(directory);
    var seat = hosting.seat(keys, hosting.genesis().clusters());
    this(hosting, seat, SubsetSource.tossing(keys.coin(seat.plan(), seat.self())), directory);
  }

  /**
   * Hosts a facilitator whose keys are not in files.
   *
   * @param subsets how it agrees with the other members
   * @param directory of its journal and snapshots
   * @throws IOException if the directory cannot be written
   */
  public Facilitator(Hosting hosting, MemberSeat seat, SubsetSource subsets, Path directory)
      throws IOException {
    this.hosting = hosting;
    this.files = new MemberFiles(directory);
    this.seat = seat;
    this.subsets = subsets;
    this.cluster = seat.plan().committee().cluster();
    this.publisher = hosting.publisherOf(seat);
    this.outlet =
        new BlockOutlet(
            hosting.service(),
            seat,
            hosting.topics().checkpoints(cluster),
            checkpoints,
            publisher,
            hosting.pace(),
            hosting.loops());
    this.gauges = new PoolGauges(hosting, seat);
    this.startHeight = recall();
    this.snapshots = hosting.snapshots(seat, directory, this::judgedAt);
    var start = snapshots.startThrough(startHeight);
    this.own = start;
    var isNewcomer = hosting.isNewcomer(start);
    if (!isNewcomer) {
      followFrom(start);
    }
    this.newcomer =
        isNewcomer
            ? hosting.seek(seat, start, snapshots, this::wentOnWithoutThis, this::followFrom)
            : null;
  }

  /**
   * Whether the cluster has final checkpoints that this facilitator knows nothing of. If not, it is
   * needed as it is: with what its journal has, and all states since.
   */
  private boolean wentOnWithoutThis(Snapshot snapshot) {
    recallIfNeeded();
    var known = last;
    return isRecalled
        && snapshot.state().cluster(cluster).orElseThrow().round()
            > (known == null ? 0 : known.round());
  }

  /** While constructing, or in the newcomer's or the follower's turn. */
  private void followFrom(FollowStart start) {
    if (closed) {
      return;
    }
    recallIfNeeded();
    var isAnothers = !start.equals(own);
    landing = isAnothers ? new Landing(cluster, start.height()) : null;
    if (!isAnothers && start.height() == startHeight) {
      begin(Ground.ofJournal(start.state().orElseThrow()));
    }
    follower = hosting.follow(seat, start, this::followed);
    if (!isAnothers) {
      own = null;
    }
  }

  /**
   * Takes up the journal's checkpoints, and tells the galaxy height by which the newest was judged:
   * the next ones may be judged by the states from there on.
   */
  private long recall() {
    try {
      for (var entry : hosting.certified(seat, files.journal())) {
        CheckpointCodec.decode(entry.encoded())
            .toOptional()
            .ifPresent(checkpoint -> recall(checkpoint.header(), entry.encoded()));
      }
    } catch (JournalUnusable e) {
      // A disk may only be full; if not, starting it fails for the same reason, and says so.
      isRecalled = false;
      return 0;
    }
    isRecalled = true;
    return judgedAt();
  }

  /** What could not be read a moment ago may be readable when the member is about to begin. */
  private void recallIfNeeded() {
    if (!isRecalled) {
      startHeight = recall();
    }
  }

  /** The galaxy height by which its newest checkpoint was judged. */
  private long judgedAt() {
    return lastCheckpoint().map(CheckpointHeader::galaxyHeight).orElse(0L);
  }

  /** Starts the member; while constructing, or in the newcomer's or the follower's turn. */
  private void begin(Ground ground) {
    var state = ground.states().getFirst();
    try {
      var rules = new Assembled();
      var driver =
          hosting
              .members()
              .<Checkpoint>start(
                  seat,
                  files.journal(),
                  (recall, signer, verifier) -> {
                    var made = new ClusterRules(seat.plan(), state, verifier);
                    ground.states().forEach(made::learn);
                    rules.made = Optional.of(made);
                    return new Layer<>(
                        new LayerConfig(
                            seat.network(),
                            seat.plan(),
                            seat.self(),
                            LayerTiming.withIdle(state.parameters().idleRoundMillis())),
                        made,
                        new LayerPorts(subsets, signer, verifier),
                        recall.adopting(ground.checkpoints()));
                  },
                  this::certified);
      var intake = new GossipIntake(hosting, seat, driver, rules.made.orElseThrow(), this::speak);
      running = new Running(driver, rules.made.orElseThrow(), intake.open(gauges));
    } catch (JournalUnusable e) {
      // The members' health page says why; nothing else is to be done for it.
      refused = true;
    }
  }

  /** What the assembly made, brought out of its lambda. */
  private static final class Assembled {
    private Optional<ClusterRules> made = Optional.empty();
  }

  /** In the member's turn. */
  private void certified(CertifiedBlock<Checkpoint> block) {
    var header = block.block().header();
    checkpoints.certified(
        header.round(),
        new BlockSource.Stored(header.hash(), block.encoded()),
        hosting.clock().millis());
    hold(header);
    TransactionTrail.passed(block.block().body().segments(), "certified", header.round());
  }

  private void recall(CheckpointHeader header, Bytes encoded) {
    checkpoints.recalled(header.round(), new BlockSource.Stored(header.hash(), encoded));
    hold(header);
  }

  private void hold(CheckpointHeader header) {
    last = header;
    outlet.offer(header.round());
  }

  /** In the member's turn, after it worked on its pool. */
  private void speak(ClusterRules rules) {
    var verdicts = rules.drainVerdicts();
    if (!verdicts.isEmpty()) {
      Verdicts.publish(publisher, hosting.topics().verdicts(cluster), verdicts);
      verdicts.forEach(gauges::refused);
    }
    gauges.poolHas(rules.poolSize());
  }

  /** In the follower's turn. */
  private boolean followed(FollowedBlock block) {
    var state = block.state().orElseThrow();
    if (refused || closed) {
      return true;
    }
    var now = running;
    var landed = landing;
    if (now != null) {
      if (!learn(now, state) || !catchUp(now, block)) {
        return false;
      }
    } else if (landed != null) {
      var reading = follower;
      if (reading == null) {
        // The follower's first turn may come before its maker has it.
        return false;
      }
      if (!land(landed, reading, block)) {
        return true;
      }
    } else if (state.height() < startHeight) {
      return true;
    } else {
      begin(Ground.ofJournal(state));
    }
    var finalRound = state.cluster(cluster).orElseThrow().round();
    outlet.arrivedThrough(finalRound);
    checkpoints.dropThrough(finalRound).forEach(this::wasFinal);
    gauges.executed(state);
    return snapshots.on(block);
  }

  /** Whether the member could begin after this block. */
  private boolean land(Landing landed, LedgerFollower reading, FollowedBlock block) {
    var ground = landed.see(block, reading::stateAt);
    if (ground.isPresent()) {
      own = null;
      last = landed.newest().orElseThrow();
      begin(ground.get());
      return true;
    }
    var back = own;
    if (back != null && landed.blocksUntil(block) >= hosting.follower().farBehindBlocks()) {
      LOG.info("{} is needed by its cluster as it was, and executes every block", seat.name());
      reading.close();
      followFrom(back);
    }
    return false;
  }

  private void wasFinal(long certifiedMillis) {
    var lag = Math.max(0, hosting.clock().millis() - certifiedMillis);
    hosting
        .meters()
        .timer(Metrics.FINAL_LAG, hosting.tags(seat))
        .record(lag, TimeUnit.MILLISECONDS);
  }

  /** Whether there was room for it. */
  private boolean learn(Running now, LedgerState state) {
    return now.driver()
        .execute(
            () -> {
              now.rules().learn(state);
              speak(now.rules());
            });
  }

  /**
   * A facilitator that was away longer than its peers remember finds its chain in the ledger.
   *
   * @return whether there was room: the layer wants them in order, and nobody else may have this
   *     one, so otherwise the block comes again
   */
  private boolean catchUp(Running now, FollowedBlock block) {
    var known = last;
    var newest = known == null ? 0 : known.round();
    for (var checkpoint : block.block().content().checkpoints()) {
      var header = checkpoint.header();
      if (header.cluster() == cluster
          && header.round() > newest
          && !now.driver().offerBlock(CheckpointCodec.encode(checkpoint))) {
        return false;
      }
    }
    return true;
  }

  /** Which member it is. */
  public MemberSeat seat() {
    return seat;
  }

  /** The newest state of the ledger that it has verified. */
  public LedgerState ledger() {
    // In this order: the one goes when the other is there.
    var start = own;
    var reading = follower;
    return reading == null
        ? requireNonNull(start).state().orElseThrow()
        : reading.latestState().orElseThrow();
  }

  /** Its newest certified checkpoint, unless it has seen none since its start. */
  public Optional<CheckpointHeader> lastCheckpoint() {
    return Optional.ofNullable(last);
  }

  /** How many segments wait in its pool. */
  public int poolSize() {
    return gauges.poolSize();
  }

  /** Why it does not follow the ledger, or waits for it; empty while all is well. */
  public Optional<String> trouble() {
    var reading = follower;
    if (reading == null) {
      return Optional.of("asks others for a snapshot of the ledger");
    }
    return reading
        .trouble()
        .or(
            () ->
                running == null && !refused
                    ? Optional.of(
                        "waits for galaxy height %d, has verified %d"
                            .formatted(startHeight, reading.height()))
                    : Optional.empty());
  }

  /** Whether the ledger contradicts itself: only a person can help. */
  public boolean isRefusing() {
    var reading = follower;
    return reading != null && reading.isRefusing();
  }

  /** Stops what this class started; the member itself is stopped with {@code Members}. */
  @Override
  public void close() {
    closed = true;
    if (newcomer != null) {
      newcomer.close();
    }
    var reading = follower;
    if (reading != null) {
      reading.close();
    }
    snapshots.close();
    var now = running;
    if (now != null) {
      now.gossip().close();
    }
    outlet.close();
    publisher.close();
  }
}
