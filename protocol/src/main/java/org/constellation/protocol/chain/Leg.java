package org.constellation.protocol.chain;

/**
 * One movement of value inside a transaction.
 *
 * @param direction who gives
 * @param asset what is given
 * @param amount how much, in the asset's minor units, at least 1
 */
public record Leg(Direction direction, AssetId asset, long amount) {

  /** Seen from the proposer. */
  public enum Direction {
    /** From the proposer to the counterparty. */
    GIVE,
    /** From the counterparty to the proposer. */
    TAKE
  }

  public Leg {
    if (amount < 1) {
      throw new IllegalArgumentException("a leg moves at least 1, not " + amount);
    }
  }
}
