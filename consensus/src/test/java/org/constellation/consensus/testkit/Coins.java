package org.constellation.consensus.testkit;

import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.coin.CoinName;
import org.constellation.consensus.coin.CommonCoin;
import org.constellation.protocol.crypto.Hash;

/** The coins of all members of a committee, and a look at their outcomes before anybody tossed. */
public interface Coins {

  /** The coin as {@code member} tosses it. */
  CommonCoin of(MemberIndex member);

  /** The id of the key set, for coin names. */
  Hash keySet();

  /** What only a dealer, or an adversary that sees too much, can know. */
  Hash foresee(CoinName name);

  /** The bit that an agreement takes from an outcome. */
  default boolean foreseeBit(CoinName name) {
    return (foresee(name).toBytes()[Hash.LENGTH - 1] & 1) == 1;
  }
}
