package org.constellation.consensus.subset;

import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Roster;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.consensus.coin.CommonCoin;

/** How one member agrees with the others of its committee, round by round. */
@FunctionalInterface
public interface SubsetSource {

  /**
   * The round {@code scope} as {@code self} sees it.
   *
   * @param recall what this member's journal knows of the round; then {@link CommonSubset#resume()}
   *     comes first
   */
  CommonSubset open(Roster roster, MemberIndex self, CoinScope scope, Recall recall);

  /** By the protocol, with this member's share of the committee's coin. */
  static SubsetSource tossing(CommonCoin coin) {
    return (roster, self, scope, recall) -> new Subset(roster, self, coin, scope, recall);
  }
}
