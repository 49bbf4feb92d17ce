package org.constellation.platform.web;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a database that is away, starting, stopping or full from a defect of ours. */
final class StoreAway {

  /** Classes of SQLSTATE: no connection, lack of resources, intervention of an operator. */
  private static final List<String> AWAY = List.of("08", "53", "57");

  private static final int CAUSES_MAX = 16;

  private StoreAway() {}

  static boolean isCauseOf(@Nullable Throwable throwable) {
    var cause = throwable;
    for (var depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
      if (cause instanceof SQLException failure && isAway(failure)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean isAway(SQLException failure) {
    var state = failure.getSQLState();
    return failure instanceof SQLTransientConnectionException // of the pool, which waited in vain
        || (state != null && AWAY.stream().anyMatch(state::startsWith));
  }
}
