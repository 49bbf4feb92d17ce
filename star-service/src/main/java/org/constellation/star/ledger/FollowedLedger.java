package org.constellation.star.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.constellation.platform.follow.BlockServer;
import org.constellation.platform.follow.FollowStart;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.platform.follow.FollowerProperties;
import org.constellation.platform.follow.LedgerFollower;
import org.constellation.platform.loop.Loops;
import org.constellation.platform.snapshot.Snapshots;
import org.constellation.platform.topics.Topics;
import org.constellation.platform.transport.Transport;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.state.LedgerState;
import org.jspecify.annotations.Nullable;

/**
 * The ledger out of the blackhole's topic. It executes every block again: that costs less than to
 * keep balances, holds, homes and keys by receipts alone, and is right about every star. After a
 * restart it begins at a snapshot; blocks whose receipts are stored pass the writer by.
 */
public final class FollowedLedger implements LedgerSource {

  private final Genesis genesis;
  private final Snapshots snapshots;
  private final FollowStart start;
  private final Topics topics;
  private final Transport transport;
  private final SigningKey key;
  private final SignatureVerifier verifier;
  private final FollowerProperties properties;
  private final MeterRegistry meters;
  private final Loops loops;
  private final Clock clock;
  private volatile LedgerState state;
  private volatile @Nullable LedgerFollower follower;

  /**
   * Follows nothing yet.
   *
   * @param executed the last galaxy block whose receipts are stored: those after it are needed
   * @param key made for this start; pulls are signed by it, and answers addressed to it
   * @param loops run the follower
   */
  public FollowedLedger(
      Genesis genesis,
      Snapshots snapshots,
      long executed,
      Topics topics,
      Transport transport,
      SigningKey key,
      SignatureVerifier verifier,
      FollowerProperties properties,
      MeterRegistry meters,
      Loops loops,
      Clock clock) {
    this.genesis = genesis;
    this.snapshots = snapshots;
    this.start = snapshots.startThrough(executed);
    this.topics = topics;
    this.transport = transport;
    this.key = key;
    this.verifier = verifier;
    this.properties = properties;
    this.meters = meters;
    this.loops = loops;
    this.clock = clock;
    this.state = start.state().orElseThrow();
  }

  @Override
  public LedgerState state() {
    return state;
  }

  @Override
  public void start(Follower next) {
    var keepers = new ArrayList<Bytes>();
    keepers.add(BlockServer.KEEPERS);
    for (var member : genesis.galaxy().members()) {
      keepers.add(Bytes.copyOf(member.operationalKey().toBytes()));
    }
    var started =
        new LedgerFollower(
            "star-service",
            null,
            start,
            topics,
            transport,
            key,
            verifier,
            keepers,
            List.of(block -> handOn(block, next), snapshots),
            properties,
            meters,
            loops,
            clock);
    started.seekEnd();
    follower = started;
  }

  private boolean handOn(FollowedBlock block, Follower next) {
    block.state().ifPresent(after -> state = after);
    return next.next(block.block());
  }

  @Override
  public Optional<String> trouble() {
    var running = follower;
    return running == null ? Optional.of("not started") : running.trouble();
  }

  @Override
  public OptionalLong end() {
    var running = follower;
    return running == null ? OptionalLong.empty() : running.end();
  }

  @Override
  public void close() {
    var running = follower;
    if (running != null) {
      running.close();
    }
  }
}
