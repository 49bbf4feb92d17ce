package org.constellation.star.writer.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.star.account.Accounts;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.sql.Columns;
import org.constellation.star.sql.Rows;
import org.constellation.star.transaction.Transaction;
import org.constellation.star.transaction.Transactions;
import org.constellation.star.writer.Books;
import org.constellation.star.writer.Changes;
import org.constellation.star.writer.Command;
import org.constellation.star.writer.Outgoing;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;

/** The writer's books in PostgreSQL: whole columns per statement, one transaction per batch. */
@Repository
class JdbcBooks implements Books {

  private static final int OUTBOX_FETCH_ROWS = 200;

  private final JdbcTemplate jdbc;
  private final TransactionTemplate inTransaction;
  private final Accounts accounts;
  private final Transactions transactions;

  JdbcBooks(
      JdbcTemplate jdbc,
      TransactionTemplate inTransaction,
      Accounts accounts,
      Transactions transactions) {
    this.jdbc = jdbc;
    this.inTransaction = inTransaction;
    this.accounts = accounts;
    this.transactions = transactions;
  }

  @Override
  public Map<StarId, StoredParty> parties(Collection<StarId> stars) {
    var known = accounts.findAll(stars);
    var open = new HashMap<StarId, Integer>();
    query(
        "SELECT proposer, count(*) AS open FROM transaction"
            + " WHERE outcome IS NULL AND proposer = ANY (?) GROUP BY proposer",
        new Columns<StarId>().star(star -> star),
        stars,
        row -> open.put(Rows.star(row, "proposer"), row.getInt("open")));
    var pending = pending(known.values());
    var parties = new HashMap<StarId, StoredParty>();
    for (var star : stars) {
      parties.put(
          star,
          new StoredParty(
              known.get(star),
              open.getOrDefault(star, 0),
              pending.getOrDefault(star, new TreeMap<>())));
    }
    return parties;
  }

  private Map<StarId, NavigableMap<Long, Pending>> pending(Collection<StoredAccount> accounts) {
    var pending = new HashMap<StarId, NavigableMap<Long, Pending>>();
    var writing =
        accounts.stream()
            .filter(account -> account.headSequence() > account.executedSequence())
            .toList();
    if (!writing.isEmpty()) {
      query(
          """
          SELECT h.star, h.sequence, h.id, h.transaction FROM half_block h
          JOIN unnest(?, ?) AS asked (star, executed)
            ON h.star = asked.star AND h.sequence > asked.executed
          """,
          new Columns<StoredAccount>()
              .star(StoredAccount::star)
              .number(StoredAccount::executedSequence),
          writing,
          row ->
              pending
                  .computeIfAbsent(Rows.star(row, "star"), _ -> new TreeMap<>())
                  .put(
                      row.getLong("sequence"),
                      new Pending(Rows.hash(row, "id"), Rows.hashOrNull(row, "transaction"))));
    }
    return pending;
  }

  @Override
  public Map<Hash, Transaction> transactions(Collection<Hash> ids) {
    return transactions.findAll(ids);
  }

  @Override
  public Map<AnswerKey, StoredAnswer> answers(Collection<AnswerKey> keys) {
    var found = new HashMap<AnswerKey, StoredAnswer>();
    query(
        """
        SELECT a.star, a.key, a.request, a.id, a.sequence FROM answer a
        JOIN unnest(?, ?) AS asked (star, key) ON a.star = asked.star AND a.key = asked.key
        """,
        new Columns<AnswerKey>().star(AnswerKey::star).text(AnswerKey::key),
        keys,
        row ->
            found.put(
                new AnswerKey(Rows.star(row, "star"), row.getString("key")),
                new StoredAnswer(
                    Rows.hash(row, "request"),
                    new Command.Accepted(Rows.hash(row, "id"), row.getLong("sequence")))));
    return found;
  }

  @Override
  public Map<Long, Hash> halfBlockIds(StarId star, long from, long to) {
    var ids = new HashMap<Long, Hash>();
    jdbc.query(
        "SELECT sequence, id FROM half_block WHERE star = ? AND sequence BETWEEN ? AND ?",
        row -> {
          ids.put(row.getLong("sequence"), Rows.hash(row, "id"));
        },
        star.toBytes(),
        from,
        to);
    return ids;
  }

  @Override
  public Position position() {
    return jdbc
        .query(
            "SELECT height, hash FROM ledger_position",
            (row, _) -> new Position(row.getLong("height"), Rows.hash(row, "hash")))
        .stream()
        .findFirst()
        .orElse(new Position(0, Hash.ZERO));
  }

  @Override
  public long lastChange() {
    return transactions.lastChange();
  }

  @Override
  public void outbox(Consumer<Outgoing> consumer) {
    var reading = new JdbcTemplate(java.util.Objects.requireNonNull(jdbc.getDataSource()));
    reading.setFetchSize(OUTBOX_FETCH_ROWS);
    inTransaction.executeWithoutResult(
        _ ->
            reading.query(
                "SELECT star, first_sequence, last_sequence, segment, proposals"
                    + " FROM outbox ORDER BY star, last_sequence",
                row -> {
                  consumer.accept(
                      new Outgoing(
                          Rows.star(row, "star"),
                          row.getLong("first_sequence"),
                          row.getLong("last_sequence"),
                          Bytes.copyOf(row.getBytes("segment")),
                          row.getBoolean("proposals")));
                }));
  }

  @Override
  public List<StoredAccount> waitingForHome() {
    return accounts.waitingForHome();
  }

  @Override
  public List<Unanswered> unanswered(@Nullable Unanswered after, int max) {
    return jdbc.query(
        """
        SELECT t.counterparty, t.change, t.id FROM transaction t
        JOIN account a ON a.star = t.counterparty AND a.sealed_key IS NOT NULL
        WHERE t.outcome IS NULL AND NOT t.agreed AND (t.counterparty, t.change) > (?, ?)
        ORDER BY t.counterparty, t.change LIMIT ?
        """,
        (row, _) ->
            new Unanswered(
                Rows.star(row, "counterparty"), row.getLong("change"), Rows.hash(row, "id")),
        after == null ? new byte[0] : after.counterparty().toBytes(),
        after == null ? 0 : after.change(),
        max);
  }

  @Override
  public void write(Changes changes) {
    inTransaction.executeWithoutResult(
        _ ->
            jdbc.execute(
                (ConnectionCallback<Boolean>)
                    connection -> {
                      BookStatements.write(connection, changes);
                      return true;
                    }));
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private <R> void query(String sql, Columns<R> columns, Collection<R> rows, RowReader reader) {
    jdbc.execute(
        (ConnectionCallback<Boolean>)
            connection -> {
              read(connection, sql, columns, rows, reader);
              return true;
            });
  }

  private static <R> void read(
      Connection connection, String sql, Columns<R> columns, Collection<R> rows, RowReader reader)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      columns.bind(connection, statement, rows);
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          reader.read(result);
        }
      }
    }
  }
}
