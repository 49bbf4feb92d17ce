package org.constellation.star.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a statement over {@code unnest(?, ?, ...)}: one array per column, one element
 * per row. A thousand rows are one round trip and one execution, which costs a fraction of a
 * thousand executions in a batch.
 *
 * @param <R> what a row is made of
 */
public final class Columns<R> {

  private final List<Column<R>> columns = new ArrayList<>();

  private record Column<R>(String type, Function<R, @Nullable Object> value) {}

  /** A column of 32-byte hashes. */
  public Columns<R> hash(Function<R, @Nullable Hash> value) {
    return add(
        "bytea",
        row -> {
          var hash = value.apply(row);
          return hash == null ? null : hash.toBytes();
        });
  }

  /** A column of star ids. */
  public Columns<R> star(Function<R, StarId> value) {
    return add("bytea", row -> value.apply(row).toBytes());
  }

  /** A column of bytes. */
  public Columns<R> bytes(Function<R, @Nullable Bytes> value) {
    return add(
        "bytea",
        row -> {
          var bytes = value.apply(row);
          return bytes == null ? null : bytes.toArray();
        });
  }

  /** A column of 64-bit numbers. */
  public Columns<R> number(Function<R, @Nullable Long> value) {
    return add("int8", value::apply);
  }

  /** A column of small numbers, as the codes of outcomes are. */
  public Columns<R> small(Function<R, @Nullable Integer> value) {
    return add("int4", value::apply);
  }

  /** A column of truth values. */
  public Columns<R> flag(Function<R, Boolean> value) {
    return add("bool", value::apply);
  }

  /**
   * A column of texts. The ledger's texts may have a character that PostgreSQL's have not, and is
   * shown as one that stands for others.
   */
  public Columns<R> text(Function<R, String> value) {
    return add("text", row -> value.apply(row).replace('\0', '\uFFFD'));
  }

  private Columns<R> add(String type, Function<R, @Nullable Object> value) {
    columns.add(new Column<>(type, value));
    return this;
  }

  /** Runs {@code sql} over all {@code rows} at once; nothing happens without rows. */
  public void execute(Connection connection, String sql, Collection<R> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    try (var statement = connection.prepareStatement(sql)) {
      bind(connection, statement, rows);
      statement.executeUpdate();
    }
  }

  /** Puts one array per column into the statement's parameters, from the first on. */
  public void bind(Connection connection, PreparedStatement statement, Collection<R> rows)
      throws SQLException {
    for (var i = 0; i < columns.size(); i++) {
      var column = columns.get(i);
      var values = rows.stream().map(column.value()).toArray();
      statement.setArray(
          i + 1,
          connection.createArrayOf(
              column.type(),
              column.type().equals("bytea")
                  ? Arrays.copyOf(values, values.length, byte[][].class)
                  : values));
    }
  }
}
