package org.constellation.protocol.chain;

import org.constellation.protocol.crypto.Hash;

/**
 * An asset, named by the id of the half-block that defined it; its issuer is that half-block's
 * star.
 */
public record AssetId(Hash hash) implements Comparable<AssetId> {

  /** The symbol of the network's own token, and of no other asset. */
  public static final String NO0S_SYMBOL = "no0s";

  /** The network's own token: nobody's half-block defined it. */
  public static final AssetId NO0S = new AssetId(Hash.ZERO);

  @Override
  public int compareTo(AssetId other) {
    return hash.compareTo(other.hash);
  }
}
