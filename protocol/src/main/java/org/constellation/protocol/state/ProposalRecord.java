package org.constellation.protocol.state;

import org.constellation.protocol.chain.AssetId;

/** What the ledger remembers of an executed proposal, under its id, until its time is over. */
public sealed interface ProposalRecord extends StateEntry permits Hold, ProposalRecord.Ended {

  /** The last tick of which this is a record. */
  long until();

  /** It can take no effect any more. */
  record Ended(End end, long until) implements ProposalRecord {}

  /** How a proposal ended; codes are those of the state. */
  enum End {
    /** All legs have moved. */
    SETTLED(1),
    /** Rejected, refused, cancelled, or released as one too many. */
    WITHOUT_EFFECT(2),
    /** Its time ran out. */
    EXPIRED(3);

    private final int code;

    End(int code) {
      this.code = code;
    }

    /** The number that stands for it in the state. */
    int code() {
      return code;
    }
  }

  /**
   * All that a transaction moves of one asset in one direction.
   *
   * @param amount minor units, at least 1
   */
  record Amount(AssetId asset, long amount) {}
}
