package org.constellation.blackhole.query.jdbc;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.constellation.blackhole.query.EndedTransactions;
import org.constellation.blackhole.query.LedgerQueries;
import org.constellation.protocol.block.Outcome;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads along the receipts, which stand in the order of the blocks. */
@Repository
@Transactional(readOnly = true, timeout = LedgerQueries.SECONDS_MAX)
public class JdbcEndedTransactions implements EndedTransactions {

  private static final int BLOCKS_MAX = 1_000;

  private static final String NEWEST = "select coalesce(max(height), 0) from block";

  // Receipts are about twice as many as transactions that end: one for each half.
  private static final String UPPER =
      """
      select coalesce(max(height), ?) from (
        select height, sum(receipts) over (order by height) as total
        from block where height > ? order by height limit ?) as b
      where total <= ? or height = ?
      """;

  private static final String ENDED =
      """
      select t.id, t.outcome
      from receipt r join transaction t on t.id = coalesce(r.transaction, r.subject)
      where r.height > ? and r.height <= ?
        and t.decided_height = r.height and t.outcome = r.outcome
      """;

  private final JdbcClient jdbc;

  public JdbcEndedTransactions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Ended after(long height) {
    var upper =
        jdbc.sql(UPPER)
            .params(height, height, BLOCKS_MAX, 2 * TRANSACTIONS_SOFT_MAX, height + 1)
            .query(Long.class)
            .single();
    var ended = new TreeMap<String, List<String>>();
    if (upper > height) {
      jdbc.sql(ENDED)
          .params(height, upper)
          .query(
              row -> {
                ended
                    .computeIfAbsent(nameOf(row.getInt("outcome")), _ -> new ArrayList<>())
                    .add(HexFormat.of().formatHex(row.getBytes("id")));
              });
    }
    return new Ended(upper, ended);
  }

  private static String nameOf(int outcome) {
    return Outcome.of(outcome).map(Outcome::name).orElseThrow();
  }

  @Override
  public Ended fromNowOn() {
    return new Ended(jdbc.sql(NEWEST).query(Long.class).single(), Map.of());
  }
}
