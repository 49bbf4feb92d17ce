package org.constellation.star.account.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.star.StarId;
import org.constellation.star.account.Accounts;
import org.constellation.star.account.ChainEntry;
import org.constellation.star.account.StoredAccount;
import org.constellation.star.sql.Rows;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Accounts and chains as the writer stored them. */
@Repository
class JdbcAccounts implements Accounts {

  private final JdbcClient jdbc;

  JdbcAccounts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public Optional<StoredAccount> find(StarId star) {
    return jdbc.sql("SELECT * FROM account WHERE star = ?")
        .param(star.toBytes())
        .query(JdbcAccounts::account)
        .optional();
  }

  @Override
  public Map<StarId, StoredAccount> findAll(Collection<StarId> stars) {
    var found = new HashMap<StarId, StoredAccount>();
    jdbc.sql("SELECT * FROM account WHERE star = ANY (?)")
        .param(stars.stream().map(StarId::toBytes).toArray(byte[][]::new))
        .query(JdbcAccounts::account)
        .list()
        .forEach(account -> found.put(account.star(), account));
    return found;
  }

  @Override
  public List<StoredAccount> list(@Nullable StarId after, int limit) {
    return jdbc.sql("SELECT * FROM account WHERE star > ? ORDER BY star LIMIT ?")
        .param(after == null ? new byte[0] : after.toBytes())
        .param(limit)
        .query(JdbcAccounts::account)
        .list();
  }

  @Override
  public List<StoredAccount> waitingForHome() {
    return jdbc.sql("SELECT * FROM account WHERE NOT homed AND join_notice IS NOT NULL")
        .query(JdbcAccounts::account)
        .list();
  }

  @Override
  public void replaceToken(StarId star, Hash tokenHash) {
    jdbc.sql("UPDATE account SET token_hash = ? WHERE star = ?")
        .param(tokenHash.toBytes())
        .param(star.toBytes())
        .update();
  }

  @Override
  public List<ChainEntry> chain(StarId star, long fromSequence, int limit) {
    return jdbc.sql(
            "SELECT * FROM half_block WHERE star = ? AND sequence >= ? ORDER BY sequence LIMIT ?")
        .param(star.toBytes())
        .param(fromSequence)
        .param(limit)
        .query(JdbcAccounts::entry)
        .list();
  }

  private static StoredAccount account(ResultSet row, int number) throws SQLException {
    return new StoredAccount(
        Rows.star(row, "star"),
        Rows.bytesOrNull(row, "sealed_key"),
        Rows.hashOrNull(row, "token_hash"),
        PublicKey.of(row.getBytes("signing_key")),
        row.getLong("head_sequence"),
        Rows.hash(row, "head_id"),
        row.getLong("executed_sequence"),
        Rows.bytesOrNull(row, "join_notice"),
        row.getBoolean("homed"),
        Objects.requireNonNull(row.getTimestamp("opened_at")).toInstant());
  }

  private static ChainEntry entry(ResultSet row, int number) throws SQLException {
    return new ChainEntry(
        row.getLong("sequence"),
        Rows.hash(row, "id"),
        Bytes.copyOf(row.getBytes("bytes")),
        Rows.hashOrNull(row, "transaction"),
        Rows.outcomeOrNull(row, "outcome"),
        row.getLong("height"));
  }
}
