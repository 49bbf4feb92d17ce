package org.constellation.protocol.block;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;

/**
 * The public half of a committee's coin keys, fixed when they were generated.
 *
 * @param threshold t: any t+1 shares make a coin
 * @param publicKey P-256, compressed
 * @param publicShares P-256, compressed, by threshold index from 1
 * @param indexTable threshold index of each committee member
 */
public record KeySet(
    Hash id, int threshold, Bytes publicKey, List<Bytes> publicShares, List<Integer> indexTable) {

  /** Most shares: those of the committee that it was generated for. */
  public static final int SHARES_MAX = EraPlan.MEMBERS_MAX;

  public KeySet {
    publicShares = List.copyOf(publicShares);
    indexTable = List.copyOf(indexTable);
    if (publicShares.size() > SHARES_MAX || indexTable.size() > EraPlan.MEMBERS_MAX) {
      throw new IllegalArgumentException("a list of the key set is too long");
    }
  }
}
