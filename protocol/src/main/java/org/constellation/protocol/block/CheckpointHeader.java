package org.constellation.protocol.block;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;

/**
 * Head of a cluster's block. Every field is a function of the previous header and of what the
 * committee agreed on.
 *
 * @param round from 1; round 0 is the cluster's genesis, whose hash is {@link #genesisOf}
 * @param galaxyHeight the galaxy state by which homes, keys and heads were judged
 * @param halfBlockRoot Merkle root over the half-blocks' ids in block order
 * @param bodyDigest covers segments with their signatures, and evidence
 * @param count half-blocks in the block
 * @param execution one record per member, by index
 * @param timeMillis never below the previous block's time plus one
 * @param bytes exact encoding
 * @param hash of {@code bytes}
 */
public record CheckpointHeader(
    Hash network,
    int cluster,
    long era,
    long round,
    Hash previous,
    long galaxyHeight,
    Hash halfBlockRoot,
    Hash bodyDigest,
    int count,
    List<MemberRecord> execution,
    long timeMillis,
    Bytes bytes,
    Hash hash) {

  /** Longest encoding. */
  public static final int BYTES_MAX = 4 * 1024;

  public CheckpointHeader {
    execution = List.copyOf(execution);
    if (execution.size() > EraPlan.MEMBERS_MAX) {
      throw new IllegalArgumentException("no committee has " + execution.size() + " members");
    }
  }

  /** The hash that belongs to an encoding. */
  public static Hash hashOf(byte[] bytes) {
    return Hashing.hash("CSTL-V1-CHECKPOINT", bytes);
  }

  /** What round 1 of a cluster has as its previous. */
  public static Hash genesisOf(Hash network, int cluster) {
    return Hashing.tagged("CSTL-V1-CHECKPOINT-GENESIS").hash(network).number(cluster).finish();
  }
}
