package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.constellation.protocol.star.StarId;

/** What PostgreSQL says about who has what. */
final class Ledger {

  private Ledger() {}

  /** That nobody has more or less of what was imported than was paid to him. */
  static void requireBalances(Platform platform, Map<String, Long> expected)
      throws IOException, SQLException {
    assertThat(balances(platform)).isEqualTo(expected);
    requireConservation(platform);
  }

  /** That of every asset there is as much as was issued and not burnt. */
  static void requireConservation(Platform platform) throws IOException, SQLException {
    try (var database = platform.database()) {
      requireConservation(database);
    }
  }

  /** The same of blackhole-ledger's database. */
  static void requireConservation(Connection database) throws SQLException {
    try (var statement = database.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*), count(*) filter (where difference <> 0) from conservation")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).as("assets").isPositive();
      assertThat(rows.getLong(2)).as("assets whose holders have more or less").isZero();
    }
  }

  private static Map<String, Long> balances(Platform platform) throws IOException, SQLException {
    var balances = new TreeMap<String, Long>();
    try (var database = platform.database();
        var statement = database.createStatement();
        var rows =
            statement.executeQuery(
                "select b.star, b.amount from balance b join asset a on a.id = b.asset"
                    + " where a.symbol = 'TRUST' and b.amount > 0 and b.star <> a.issuer")) {
      while (rows.next()) {
        balances.put(StarId.of(rows.getBytes(1)).toString(), rows.getLong(2));
      }
    }
    return balances;
  }
}
