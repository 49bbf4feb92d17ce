package org.constellation.protocol.state;

import java.util.List;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;

/** A value of the ledger's state; {@link StateKey} says under which key each kind stands. */
public sealed interface StateEntry
    permits StarRecord,
        ProposalRecord,
        AssetRecord,
        ClusterRecord,
        CandidateRecord,
        ExclusionRecord,
        RegistrationRecord,
        StateEntry.Settings,
        StateEntry.Clock,
        StateEntry.Balance,
        StateEntry.Waiting,
        StateEntry.Due,
        StateEntry.KeyFrom,
        StateEntry.Counter,
        StateEntry.Plan,
        StateEntry.MemberVotes,
        StateEntry.AdoptedTable,
        StateEntry.Conviction,
        StateEntry.LastCheckIn,
        StateEntry.Bound {

  /** What never changes: the network and its parameters. */
  record Settings(Hash network, Genesis.Parameters parameters) implements StateEntry {}

  /** The latest block's height and the ledger's time after it. */
  record Clock(long height, LedgerTime time) implements StateEntry {}

  /**
   * A star's holdings of one asset, without what is held; absent where there are none.
   *
   * @param amount minor units, at least 1
   */
  record Balance(long amount) implements StateEntry {}

  /**
   * An agreement whose proposal has not been executed yet.
   *
   * @param agreement id of its half-block
   * @param until last tick in which it may take effect
   */
  record Waiting(Hash agreement, long until) implements StateEntry {}

  /** A mark in the index of what ends at a tick; its key says it all. */
  record Due() implements StateEntry {}

  /** The key that signs for a star from a sequence on. */
  record KeyFrom(PublicKey key) implements StateEntry {}

  /**
   * The latest executed notice of a star and kind.
   *
   * @param notice its id: meeting it again is a repetition and no news
   */
  record Counter(long counter, Hash notice) implements StateEntry {}

  /** A committee's plan in force. */
  record Plan(EraPlan plan) implements StateEntry {}

  /** The table votes of a galaxy member's latest agreed proposal that had any. */
  record MemberVotes(List<TableVote> votes) implements StateEntry {
    public MemberVotes {
      votes = List.copyOf(votes);
    }
  }

  /** The table of its kind that is in force. */
  record AdoptedTable(TableVote table) implements StateEntry {}

  /**
   * A member was convicted of contradicting itself: two votes in one slot, or two headers of one
   * round.
   *
   * @param height of the block that says so
   */
  record Conviction(long height) implements StateEntry {

    /** What names a conviction in its receipt. */
    public static Hash idOf(Committee committee, long era, PublicKey operationalKey) {
      return Hashing.tagged("CSTL-V1-CONVICTION")
          .number(committee.layer().code())
          .number(committee.cluster())
          .number(era)
          .key(operationalKey)
          .finish();
    }
  }

  /**
   * A star's latest check-in.
   *
   * @param tick when it was executed
   * @param slot and beacon that it names
   */
  record LastCheckIn(long tick, long slot, Hash beacon) implements StateEntry {}

  /** The star that an operational key serves; a key serves one star for ever. */
  record Bound(StarId star) implements StateEntry {}
}
