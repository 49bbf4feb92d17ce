package org.constellation.blackhole.ledger.jdbc;

import java.util.LinkedHashSet;
import java.util.Set;
import org.constellation.blackhole.ledger.BlockRows;
import org.constellation.protocol.crypto.Hash;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Carries the assets' figures on. What a block changes is taken out of them as it stands before the
 * block, and put in again as it stands after: so it does not matter how a transaction came from one
 * outcome to another.
 */
final class AssetTotals {

  private static final String ADD =
      """
      insert into asset_total as total
      select asset, %1$s * held, %1$s * on_hold, %1$s * issued, %1$s * burnt from (%2$s) as part
      on conflict (asset) do update set
        held = total.held + excluded.held, on_hold = total.on_hold + excluded.on_hold,
        issued = total.issued + excluded.issued, burnt = total.burnt + excluded.burnt
      """;

  private static final String BALANCES =
      """
      select b.asset, sum(b.amount) as held, 0 as on_hold, 0 as issued, 0 as burnt
      from unnest(?, ?) as touched (star, asset) join balance b using (star, asset)
      group by b.asset
      """;

  // By the same rules as the view "conservation".
  private static final String TRANSACTIONS =
      """
      select l.asset, 0 as held,
        coalesce(sum(l.amount) filter (
          where t.outcome = 1 and l.giver = t.proposer and l.giver <> a.issuer), 0) as on_hold,
        coalesce(sum(l.amount) filter (
          where t.outcome = 2 and l.giver = a.issuer), 0) as issued,
        coalesce(sum(l.amount) filter (
          where t.outcome = 2 and l.taker = a.issuer), 0) as burnt
      from transaction t join leg l on l.transaction = t.id join asset a on a.id = l.asset
      where t.id = any (?) and t.outcome in (1, 2)
      group by l.asset
      """;

  private static final String NEW =
      "insert into asset_total values (?, 0, 0, 0, 0) on conflict do nothing";

  private final JdbcTemplate jdbc;

  AssetTotals(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Takes out what the block is going to change; before it is written. */
  void take(BlockRows rows) {
    add("-1", rows);
  }

  /** Puts in what the block has changed; after it was written. */
  void give(BlockRows rows) {
    add("1", rows);
    for (var asset : rows.assets()) {
      jdbc.update(NEW, (Object) asset.asset().hash().toBytes());
    }
  }

  private void add(String sign, BlockRows rows) {
    var balances = rows.balances();
    if (!balances.isEmpty()) {
      var stars = balances.stream().map(row -> row.star().toBytes()).toArray(byte[][]::new);
      var assets =
          balances.stream().map(row -> row.asset().hash().toBytes()).toArray(byte[][]::new);
      jdbc.update(
          ADD.formatted(sign, BALANCES),
          statement -> {
            statement.setArray(1, JdbcLedgerTables.array(statement, "bytea", stars));
            statement.setArray(2, JdbcLedgerTables.array(statement, "bytea", assets));
          });
    }
    var transactions = touched(rows);
    if (!transactions.isEmpty()) {
      var ids = transactions.stream().map(Hash::toBytes).toArray(byte[][]::new);
      jdbc.update(
          ADD.formatted(sign, TRANSACTIONS),
          statement -> statement.setArray(1, JdbcLedgerTables.array(statement, "bytea", ids)));
    }
  }

  private static Set<Hash> touched(BlockRows rows) {
    var ids = new LinkedHashSet<Hash>();
    rows.proposals().forEach(row -> ids.add(row.halfBlock().id()));
    rows.decisions().forEach(row -> ids.add(row.transaction()));
    return ids;
  }
}
