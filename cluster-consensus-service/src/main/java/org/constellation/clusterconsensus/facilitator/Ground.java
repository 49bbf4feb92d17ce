package org.constellation.clusterconsensus.facilitator;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.state.LedgerState;

/**
 * What a facilitator begins with.
 *
 * @param states of consecutive heights, from the one by which its newest checkpoint was judged on
 * @param checkpoints that its journal lacks, by round: all that are not final in the first state
 */
record Ground(List<LedgerState> states, SortedMap<Long, Bytes> checkpoints) {

  Ground {
    states = List.copyOf(states);
    checkpoints = Collections.unmodifiableSortedMap(checkpoints);
  }

  /** What the journal has, and the state at which it goes on. */
  static Ground ofJournal(LedgerState state) {
    return new Ground(List.of(state), Collections.emptySortedMap());
  }
}
