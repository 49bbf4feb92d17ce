package org.constellation.simulation.network;

import java.util.Optional;
import org.constellation.protocol.state.LedgerState;
import org.constellation.simulation.time.Machine;

/** A machine with what is on it, as the one who plays fate sees it. */
public interface Node {

  /** Its machine. */
  Machine machine();

  /** Disks and databases are to go wrong from now on, as far as this node has any. */
  default void trouble(int commitPermille) {}

  /** Its disk has no room, or has some again. */
  default void full(boolean isFull) {}

  /** So many of its hundred deaths are those of its process alone, as far as it has a disk. */
  default void diesAlone(int percent) {}

  /** Its disk fails to sync, or syncs again; false of a node that has no such disk. */
  default boolean failsSyncs(boolean fails) {
    return false;
  }

  /** Remembers what its disk holds now. */
  default void remember() {}

  /** Whether it remembers something that it can be put back to. */
  default boolean canGoBack() {
    return false;
  }

  /** Puts its disk back to what it held then. Only while its machine is off. */
  default void goBack() {}

  /** Gives it an empty disk, as far as that is no end. Only while its machine is off. */
  default void loseDisk() {
    goBack();
  }

  /** The highest galaxy block that it has verified; 0 while it is off. */
  long height();

  /** The newest state of the ledger that it goes by; empty while it is off, or has none yet. */
  Optional<LedgerState> ledger();

  /** Why it says nothing although its machine is on; empty while it works. */
  default Optional<String> stopped() {
    return Optional.empty();
  }

  /** How it is, for the reader of a failure. */
  String state();

  /** Gives back what it holds of the real machine. */
  default void close() {}
}
