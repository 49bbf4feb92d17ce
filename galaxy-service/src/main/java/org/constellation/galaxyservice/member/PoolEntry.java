package org.constellation.galaxyservice.member;

import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;

/** What waits in a galaxy member's pool. */
sealed interface PoolEntry {

  /** A certified checkpoint of a cluster. */
  record Checkpoint(int cluster, long round) implements PoolEntry {
    @Override
    public boolean isGone(LedgerState state) {
      return state.cluster(cluster).map(known -> known.round() >= round).orElse(true);
    }
  }

  /** A star's notice. */
  record OfStar(StarId star, Notice.Kind kind, long counter) implements PoolEntry {
    @Override
    public boolean isGone(LedgerState state) {
      return state.counter(star, kind) >= counter;
    }
  }

  /** Whether it waits no more after this state. */
  boolean isGone(LedgerState state);
}
