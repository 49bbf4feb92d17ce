package org.constellation.star.ledger;

import java.util.Optional;
import java.util.OptionalLong;
import org.constellation.protocol.state.LedgerState;

/** The latest state that this service verified. */
public interface LedgerView {

  /** After the latest galaxy block that was followed; the genesis state before the first. */
  LedgerState state();

  /** Why the ledger cannot be followed; empty while all is well. */
  default Optional<String> trouble() {
    return Optional.empty();
  }

  /**
   * The height up to which the ledger has to be read before all is known that was certified before
   * this service's start. Empty until enough of the galaxy have said how far they are.
   */
  default OptionalLong end() {
    return OptionalLong.empty();
  }

  /** Ledger time, in ticks. */
  default long tick() {
    return state().time().tick();
  }
}
