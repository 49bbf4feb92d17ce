package org.constellation.protocol.block;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;

/**
 * Head of a galaxy block. Every field is a function of the previous header, the state and what the
 * committee agreed on.
 *
 * @param height from 1, also the galaxy's round; the block before height 1 is {@link #genesisOf}
 * @param contentRoot covers checkpoints, notices, evidence and table votes
 * @param receiptsRoot Merkle root over the receipts in execution order
 * @param stateRoot root of the whole state after this block
 * @param beacon common coin of the round, unknown to anybody before its content was fixed
 * @param timeMillis never below the previous block's time plus one
 * @param tick ledger time: see {@link LedgerTime}
 * @param execution one record per member, by index
 * @param halfBlocks in all checkpoints of the block
 */
public record GalaxyHeader(
    Hash network,
    long era,
    long height,
    Hash previous,
    Hash contentRoot,
    Hash receiptsRoot,
    Hash stateRoot,
    List<MembershipChange> membership,
    Mint mint,
    List<EraPlan> eraPlans,
    List<TableVote> adoptedTables,
    Hash beacon,
    long timeMillis,
    long tick,
    long stepTimeMillis,
    List<MemberRecord> execution,
    int halfBlocks,
    Bytes bytes,
    Hash hash) {

  /** Longest encoding. */
  public static final int BYTES_MAX = 512 * 1024;

  /** Most changes of the live pool in one block. */
  public static final int MEMBERSHIP_MAX = 4_096;

  /** Most committees that one block changes. */
  public static final int ERA_PLANS_MAX = 16;

  /** Most tables that one block adopts. */
  public static final int ADOPTED_TABLES_MAX = MemberTableVotes.VOTES_MAX;

  public GalaxyHeader {
    membership = List.copyOf(membership);
    eraPlans = List.copyOf(eraPlans);
    adoptedTables = List.copyOf(adoptedTables);
    execution = List.copyOf(execution);
    if (membership.size() > MEMBERSHIP_MAX
        || eraPlans.size() > ERA_PLANS_MAX
        || adoptedTables.size() > ADOPTED_TABLES_MAX
        || execution.size() > EraPlan.MEMBERS_MAX) {
      throw new IllegalArgumentException("a list of the header is too long");
    }
  }

  /** The hash that belongs to an encoding. */
  public static Hash hashOf(byte[] bytes) {
    return Hashing.hash("CSTL-V1-GALAXY", bytes);
  }

  /** What height 1 has as its previous. */
  public static Hash genesisOf(Hash network) {
    return Hashing.tagged("CSTL-V1-GALAXY-GENESIS").hash(network).finish();
  }
}
