package org.constellation.clusterconsensus.facilitator;

import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongFunction;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.CheckpointCodec;

/**
 * Finds ground under a facilitator that follows the ledger from somebody else's snapshot on. Its
 * peers judge the next checkpoint by no older state than the last one, and by the checkpoints that
 * are not final in that state. So it can go along with them as soon as a checkpoint is final that
 * was judged by the snapshot's state or a later one: from there on it has seen all.
 */
final class Landing {

  private final int cluster;
  private final long from;
  private final TreeMap<Long, Bytes> checkpoints = new TreeMap<>();
  private Optional<CheckpointHeader> newest = Optional.empty();

  /**
   * @param from height of the snapshot
   */
  Landing(int cluster, long from) {
    this.cluster = cluster;
    this.from = from;
  }

  /** How many blocks were followed since, the one at hand included. */
  long blocksUntil(FollowedBlock block) {
    return block.height() - from;
  }

  /** The newest checkpoint that is final. */
  Optional<CheckpointHeader> newest() {
    return newest;
  }

  /**
   * Looks at the next block.
   *
   * @param stateAt the states after recent blocks before this one
   */
  Optional<Ground> see(FollowedBlock block, LongFunction<Optional<LedgerState>> stateAt) {
    for (var checkpoint : block.block().content().checkpoints()) {
      if (checkpoint.header().cluster() == cluster) {
        checkpoints.put(checkpoint.header().round(), CheckpointCodec.encode(checkpoint));
        newest = Optional.of(checkpoint.header());
      }
    }
    var state = block.state().orElseThrow();
    return newest
        .map(CheckpointHeader::galaxyHeight)
        .filter(judgedAt -> judgedAt >= from)
        .flatMap(judgedAt -> ground(judgedAt, state, stateAt));
  }

  private Optional<Ground> ground(
      long judgedAt, LedgerState now, LongFunction<Optional<LedgerState>> stateAt) {
    var states = new ArrayList<LedgerState>();
    for (var height = judgedAt; height < now.height(); height++) {
      stateAt.apply(height).ifPresent(states::add);
    }
    states.add(now);
    if (states.getFirst().height() != judgedAt) {
      // Judged by a state that is kept no longer; the next one will do.
      return Optional.empty();
    }
    var finalBefore = states.getFirst().cluster(cluster).orElseThrow().round();
    return Optional.of(new Ground(states, checkpoints.tailMap(finalBefore, false)));
  }
}
