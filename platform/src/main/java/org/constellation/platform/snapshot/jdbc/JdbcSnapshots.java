package org.constellation.platform.snapshot.jdbc;

import java.util.Iterator;
import java.util.SortedSet;
import java.util.TreeSet;
import org.constellation.platform.follow.SnapshotSource;
import org.constellation.platform.snapshot.SnapshotStore;
import org.constellation.protocol.Bytes;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** A row of the table {@code snapshot_part} for each part. */
public final class JdbcSnapshots implements SnapshotStore {

  private final JdbcTemplate jdbc;
  private final TransactionOperations transactions;

  /** Writes each snapshot in one of {@code transactions}. */
  public JdbcSnapshots(JdbcTemplate jdbc, TransactionOperations transactions) {
    this.jdbc = jdbc;
    this.transactions = transactions;
  }

  @Override
  public SortedSet<Long> heights() {
    return new TreeSet<>(
        jdbc.queryForList("select distinct height from snapshot_part", Long.class));
  }

  @Override
  public Iterator<Bytes> read(long height) {
    return jdbc.query(
            "select content from snapshot_part where height = ? order by part",
            (row, _) -> Bytes.copyOf(row.getBytes(1)),
            height)
        .iterator();
  }

  @Override
  public SnapshotSource.Found read(long height, int part) {
    var parts =
        jdbc.queryForObject(
            "select count(*) from snapshot_part where height = ?", Integer.class, height);
    var content =
        jdbc
            .query(
                "select content from snapshot_part where height = ? and part = ?",
                (row, _) -> Bytes.copyOf(row.getBytes(1)),
                height,
                part)
            .stream()
            .findFirst();
    return new SnapshotSource.Found(height, parts == null ? 0 : parts, content);
  }

  @Override
  public void write(long height, Iterator<Bytes> parts) {
    transactions.executeWithoutResult(
        _ -> {
          delete(height);
          for (var part = 0; parts.hasNext(); part++) {
            jdbc.update(
                "insert into snapshot_part values (?, ?, ?)", height, part, parts.next().toArray());
          }
        });
  }

  @Override
  public void delete(long height) {
    jdbc.update("delete from snapshot_part where height = ?", height);
  }
}
