package org.constellation.star.account.web;

import java.util.List;
import java.util.SortedMap;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.AssetRecord;
import org.constellation.protocol.state.LedgerState;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.api.Inputs;
import org.constellation.star.transaction.TransactionView;
import org.jspecify.annotations.Nullable;

/**
 * A star as users read it.
 *
 * @param custody SERVICE or OWNER: who keeps the key
 * @param home its cluster, null until a galaxy block gave it one
 * @param head its last accepted half-block
 * @param executedSequence up to which the galaxy has executed its chain
 * @param height of the galaxy block that home, balances and holds are read from
 * @param holds what its open proposals took out of its balances, by asset
 * @param open its transactions that have not ended, its own proposals first
 * @param next what to ask for the open ones after these with, null if these are all
 */
record StarView(
    String star,
    String custody,
    @Nullable Integer home,
    HeadView head,
    long executedSequence,
    long height,
    List<BalanceView> balances,
    List<BalanceView> holds,
    List<TransactionView> open,
    @Nullable String next) {

  record HeadView(long sequence, String id) {}

  /**
   * @param amount in minor units, as a text
   * @param symbol null where the ledger does not know the asset
   */
  record BalanceView(String asset, @Nullable String symbol, String amount) {}

  /**
   * As it stands in {@code state}.
   *
   * @param proposals of the star's own that may be held there
   */
  static StarView of(
      StoredAccount account, LedgerState state, List<Hash> proposals, OpenPage open) {
    var record = state.star(account.star());
    return new StarView(
        account.star().toString(),
        account.isCustodial() ? "SERVICE" : "OWNER",
        record.map(known -> known.home()).orElse(null),
        new HeadView(account.headSequence(), account.headId().toHex()),
        account.executedSequence(),
        state.height(),
        balances(account.star(), state),
        amounts(OnHold.of(account.star(), proposals, state), state),
        open.transactions(),
        open.next());
  }

  static List<BalanceView> balances(StarId star, LedgerState state) {
    return amounts(state.balances(star), state);
  }

  private static List<BalanceView> amounts(SortedMap<AssetId, Long> amounts, LedgerState state) {
    return amounts.entrySet().stream()
        .map(
            entry ->
                new BalanceView(
                    Inputs.show(entry.getKey()),
                    state.asset(entry.getKey()).map(AssetRecord::symbol).orElse(null),
                    Long.toString(entry.getValue())))
        .toList();
  }
}
