package org.constellation.platform.database;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Why a service did not start, in a sentence, when its database took no connection. */
final class NoConnection extends AbstractFailureAnalyzer<SQLException> {

  private static final String ACTION =
      "Compare spring.datasource.url with the database: the address, and with sslmode=verify-full"
          + " the authority (sslrootcert), the names and the dates of its certificate.";

  /** Classes of SQLSTATE: no connection, and one that the server does not let in. */
  private static final List<String> NOT_CONNECTED = List.of("08", "28");

  private static final int CAUSES_MAX = 16;

  @Override
  protected @Nullable FailureAnalysis analyze(Throwable failure, SQLException cause) {
    var state = cause.getSQLState();
    if (state == null || NOT_CONNECTED.stream().noneMatch(state::startsWith)) {
      return null;
    }
    return new FailureAnalysis("No connection to the database: " + reason(cause), ACTION, cause);
  }

  /** What each of the causes adds, the driver's word first; none of them repeats the address. */
  private static String reason(SQLException failure) {
    var words = new ArrayList<String>();
    Throwable cause = failure;
    for (var depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
      var message = cause.getMessage();
      if (message != null && words.stream().noneMatch(word -> word.contains(message))) {
        words.add(message);
      }
      cause = cause.getCause();
    }
    return String.join(": ", words);
  }
}
