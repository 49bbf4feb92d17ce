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

  public GalaxyHeader {
    membership = List.copyOf(membership);
    eraPlans = List.copyOf(eraPlans);
    adoptedTables = List.copyOf(adoptedTables);
    execution = List.copyOf(execution);
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
