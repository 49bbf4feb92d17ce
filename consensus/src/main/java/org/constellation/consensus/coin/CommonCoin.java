package org.constellation.consensus.coin;

/** A committee's coin as one member tosses it. */
public interface CommonCoin {

  /** Prepares the toss of this name. Nothing is released by that. */
  CoinToss toss(CoinName name);
}
