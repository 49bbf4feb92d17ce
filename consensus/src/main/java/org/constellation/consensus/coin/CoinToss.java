package org.constellation.consensus.coin;

import java.util.SortedMap;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.VoteValue;
import org.constellation.protocol.crypto.Hash;

/** One toss of a common coin. Its outcome is the same whichever valid shares are combined. */
public interface CoinToss {

  /** This member's share; the same bytes whenever it is asked for. */
  VoteValue share();

  /** Whether {@code share} is the share of {@code member}. Costly; total on any bytes. */
  boolean isValid(MemberIndex member, VoteValue share);

  /** How many valid shares give the outcome: one more than may be faulty. */
  int sharesNeeded();

  /**
   * The outcome, from exactly {@link #sharesNeeded()} shares that were found valid.
   *
   * @throws IllegalArgumentException if the number of shares is another
   */
  Hash combine(SortedMap<MemberIndex, VoteValue> shares);
}
