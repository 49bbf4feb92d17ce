package org.constellation.protocol.state;

import org.constellation.protocol.star.StarId;

/**
 * An asset. Its issuer keeps no balance of it: what it gives is issued, what it receives is burnt.
 *
 * @param issuer {@link StarId#NOBODY} for no0s
 * @param decimals places that amounts are shown with
 * @param supply issued less burnt, in minor units: the sum of all balances and holds
 */
public record AssetRecord(StarId issuer, String symbol, String name, int decimals, long supply)
    implements StateEntry {

  /** With another supply. */
  public AssetRecord withSupply(long newSupply) {
    return new AssetRecord(issuer, symbol, name, decimals, newSupply);
  }
}
