package org.constellation.star.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.jspecify.annotations.Nullable;

/** Values out of a result's columns. */
public final class Rows {

  private static final Map<Integer, Outcome> OUTCOMES =
      Arrays.stream(Outcome.values())
          .collect(Collectors.toUnmodifiableMap(Outcome::code, Function.identity()));

  private Rows() {}

  /** A hash that is always there. */
  public static Hash hash(ResultSet row, String column) throws SQLException {
    return Hash.of(row.getBytes(column));
  }

  /** A hash or nothing. */
  public static @Nullable Hash hashOrNull(ResultSet row, String column) throws SQLException {
    var bytes = row.getBytes(column);
    return bytes == null ? null : Hash.of(bytes);
  }

  /** A star. */
  public static StarId star(ResultSet row, String column) throws SQLException {
    return StarId.of(row.getBytes(column));
  }

  /** Bytes or nothing. */
  public static @Nullable Bytes bytesOrNull(ResultSet row, String column) throws SQLException {
    var bytes = row.getBytes(column);
    return bytes == null ? null : Bytes.copyOf(bytes);
  }

  /** An outcome by its code, or nothing. */
  public static @Nullable Outcome outcomeOrNull(ResultSet row, String column) throws SQLException {
    var code = row.getInt(column);
    return row.wasNull() ? null : OUTCOMES.get(code);
  }
}
