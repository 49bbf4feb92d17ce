package org.constellation.star.ledger;

import org.constellation.protocol.state.LedgerState;

/** The latest state that this service verified. */
public interface LedgerView {

  /** After the latest galaxy block that was followed; the genesis state before the first. */
  LedgerState state();

  /** Ledger time, in ticks. */
  default long tick() {
    return state().time().tick();
  }
}
