package org.constellation.star.transaction.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.star.sql.Rows;
import org.constellation.star.transaction.Legs;
import org.constellation.star.transaction.OpenPlace;
import org.constellation.star.transaction.Progress;
import org.constellation.star.transaction.Transaction;
import org.constellation.star.transaction.Transactions;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Transactions as the writer stored them. */
@Repository
class JdbcTransactions implements Transactions {

  /** Two index scans; a single condition with OR would read the whole table. */
  private static final String OF_STAR =
      """
      (SELECT * FROM transaction WHERE proposer = ? AND change > ? ORDER BY change LIMIT ?)
      UNION
      (SELECT * FROM transaction WHERE counterparty = ? AND change > ? ORDER BY change LIMIT ?)
      ORDER BY change LIMIT ?
      """;

  private final JdbcClient jdbc;

  JdbcTransactions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Map<Hash, Transaction> findAll(Collection<Hash> ids) {
    var found = new HashMap<Hash, Transaction>();
    jdbc.sql("SELECT * FROM transaction WHERE id = ANY (?)")
        .param(ids.stream().map(Hash::toBytes).toArray(byte[][]::new))
        .query(JdbcTransactions::transaction)
        .list()
        .forEach(transaction -> found.put(transaction.id(), transaction));
    return found;
  }

  @Override
  public List<Transaction> changedAfter(StarId star, long afterChange, int limit) {
    return jdbc.sql(OF_STAR)
        .params(star.toBytes(), afterChange, limit, star.toBytes(), afterChange, limit, limit)
        .query(JdbcTransactions::transaction)
        .list();
  }

  @Override
  public List<Transaction> open(StarId star, OpenPlace after, int limit) {
    if (!after.own()) {
      return open("counterparty", star, after.change(), limit);
    }
    var found = new ArrayList<>(open("proposer", star, after.change(), limit));
    if (found.size() < limit) {
      found.addAll(open("counterparty", star, 0, limit - found.size()));
    }
    return found;
  }

  private List<Transaction> open(String role, StarId star, long afterChange, int limit) {
    return jdbc.sql(
            """
            SELECT * FROM transaction WHERE %s = ? AND outcome IS NULL AND change > ?
            ORDER BY change LIMIT ?
            """
                .formatted(role))
        .params(star.toBytes(), afterChange, limit)
        .query(JdbcTransactions::transaction)
        .list();
  }

  @Override
  public List<Hash> openProposals(StarId star) {
    return jdbc.sql("SELECT id FROM transaction WHERE proposer = ? AND outcome IS NULL")
        .param(star.toBytes())
        .query((row, _) -> Rows.hash(row, "id"))
        .list();
  }

  @Override
  public long lastChange() {
    return jdbc.sql("SELECT coalesce(max(change), 0) FROM transaction").query(Long.class).single();
  }

  private static Transaction transaction(ResultSet row, int number) throws SQLException {
    return new Transaction(
        Rows.hash(row, "id"),
        Rows.star(row, "proposer"),
        row.getLong("sequence"),
        Rows.star(row, "counterparty"),
        Legs.fromBytes(row.getBytes("legs")),
        row.getString("memo"),
        row.getLong("valid_until"),
        Objects.requireNonNull(row.getTimestamp("proposed_at")).toInstant(),
        new Progress(
            row.getBoolean("agreed"),
            row.getBoolean("proposal_certified"),
            row.getBoolean("agreement_certified"),
            Rows.outcomeOrNull(row, "outcome"),
            row.getLong("height")),
        row.getLong("change"));
  }
}
