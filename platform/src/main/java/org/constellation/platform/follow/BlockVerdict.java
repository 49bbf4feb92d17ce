package org.constellation.platform.follow;

import java.util.Optional;
import org.constellation.protocol.state.LedgerState;

/** What a follower thinks of the next block. */
sealed interface BlockVerdict {

  /**
   * It follows.
   *
   * @param state after it, if the follower executes
   */
  record Accepted(Optional<LedgerState> state) implements BlockVerdict {}

  /** A certified block that cannot be right. Following ends here, and a person has to look. */
  record Refused(String why) implements BlockVerdict {}
}
