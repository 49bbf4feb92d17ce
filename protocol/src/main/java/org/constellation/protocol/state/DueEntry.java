package org.constellation.protocol.state;

import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;

/** Something whose time ends; the index has them ascending by last tick, kind and id. */
public sealed interface DueEntry {

  /** The last tick in which it may take effect. */
  long lastTick();

  /** The record of a proposal, held or ended. */
  record Proposal(long lastTick, Hash proposal) implements DueEntry {}

  /** An agreement of {@code star} that waits for {@code proposal}. */
  record WaitingAgreement(long lastTick, Hash proposal, StarId star) implements DueEntry {}
}
