package org.constellation.star.account.web;

import java.util.List;
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
 * @param holds what its open proposals hold, by asset
 * @param open its transactions that have not ended
 */
record StarView(
    String star,
    String custody,
    @Nullable Integer home,
    HeadView head,
    long executedSequence,
    long height,
    List<BalanceView> balances,
    List<HoldView> holds,
    List<TransactionView> open) {

  record HeadView(long sequence, String id) {}

  /**
   * @param amount in minor units, as a text
   * @param symbol null where the ledger does not know the asset
   */
  record BalanceView(String asset, @Nullable String symbol, String amount) {}

  /** What one open proposal holds. */
  record HoldView(String transaction, String asset, String amount) {}

  static StarView of(StoredAccount account, LedgerState state, List<TransactionView> open) {
    var record = state.star(account.star());
    return new StarView(
        account.star().toString(),
        account.isCustodial() ? "SERVICE" : "OWNER",
        record.map(known -> known.home()).orElse(null),
        new HeadView(account.headSequence(), account.headId().toHex()),
        account.executedSequence(),
        state.height(),
        balances(account.star(), state),
        holds(account.star(), state, open),
        open);
  }

  static List<BalanceView> balances(StarId star, LedgerState state) {
    return state.balances(star).entrySet().stream()
        .map(
            entry ->
                new BalanceView(
                    Inputs.show(entry.getKey()),
                    state.asset(entry.getKey()).map(AssetRecord::symbol).orElse(null),
                    Long.toString(entry.getValue())))
        .toList();
  }

  private static List<HoldView> holds(StarId star, LedgerState state, List<TransactionView> open) {
    return open.stream()
        .flatMap(
            transaction ->
                state.hold(Inputs.id(transaction.id())).stream()
                    .filter(hold -> hold.proposer().equals(star))
                    .flatMap(hold -> hold.gives().stream())
                    .map(
                        give ->
                            new HoldView(
                                transaction.id(),
                                Inputs.show(give.asset()),
                                Long.toString(give.amount()))))
        .toList();
  }
}
