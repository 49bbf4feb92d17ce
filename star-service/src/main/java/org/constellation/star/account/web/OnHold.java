package org.constellation.star.account.web;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.AssetRecord;
import org.constellation.protocol.state.Hold;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StarRecord;

/** What has left a star's balances for its open proposals, by what a state says. */
final class OnHold {

  private OnHold() {}

  /**
   * The amount of each asset that comes back to {@code star} if all that it proposed ends without
   * effect. With its balances in {@code state} it is all that the star has.
   *
   * @param proposals those of the star's that may be held; a state finds them only by their ids
   */
  static SortedMap<AssetId, Long> of(StarId star, Collection<Hash> proposals, LedgerState state) {
    var amounts = new TreeMap<AssetId, Long>();
    for (var hold : holds(star, proposals, state)) {
      for (var give : hold.gives()) {
        // What its issuer gives comes into being when it moves: it was in no balance.
        if (!state.asset(give.asset()).map(AssetRecord::issuer).equals(Optional.of(star))) {
          amounts.merge(give.asset(), give.amount(), Math::addExact);
        }
      }
    }
    return Collections.unmodifiableSortedMap(amounts);
  }

  private static List<Hold> holds(StarId star, Collection<Hash> proposals, LedgerState state) {
    var found =
        proposals.stream()
            .flatMap(id -> state.hold(id).stream())
            .filter(hold -> hold.proposer().equals(star))
            .toList();
    int all = state.star(star).map(StarRecord::openHolds).orElse(0);
    // Some of them this service has not heard of: an owner made them elsewhere, before he had an
    // account here or a moment ago. That is rare enough to look through everybody's.
    return found.size() == all
        ? found
        : state.holds().filter(hold -> hold.proposer().equals(star)).toList();
  }
}
