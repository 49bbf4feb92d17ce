package org.constellation.gateway.route;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.constellation.gateway.GatewayError;
import org.constellation.platform.web.BodyRefused;
import org.constellation.platform.web.ErrorCode;
import org.constellation.platform.web.ProblemCounter;
import org.constellation.platform.web.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.function.ServerResponse;

/** What a caller hears when a service could not be asked, or did not answer. */
final class UpstreamFailure {

  private static final int CAUSES_MAX = 16;

  private final String service;
  private final ProblemCounter problems;

  UpstreamFailure(String service, ProblemCounter problems) {
    this.service = service;
    this.problems = problems;
  }

  ServerResponse answer(Throwable failure) {
    var refused = BodyRefused.causeOf(failure);
    if (refused != null) {
      return problem(refused.code(), refused.detail());
    }
    return tookNoConnection(failure)
        ? problem(GatewayError.SERVICE_AWAY, service + " is away; try again later.")
        : problem(
            GatewayError.SERVICE_SILENT,
            isSilence(failure)
                ? service + " did not answer in time; ask what became of the request."
                : service + " broke off; ask what became of the request.");
  }

  /** Whether the server was reached and then said nothing for too long. */
  static boolean isSilence(Throwable failure) {
    return isOf(failure, SocketTimeoutException.class) && !tookNoConnection(failure);
  }

  private static boolean tookNoConnection(Throwable failure) {
    return isOf(failure, ConnectException.class) || isOf(failure, ConnectTimeoutException.class);
  }

  private static boolean isOf(Throwable failure, Class<? extends Throwable> type) {
    @Nullable Throwable cause = failure;
    for (var depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
      if (type.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private ServerResponse problem(ErrorCode code, String detail) {
    problems.count(code);
    return ServerResponse.status(code.category().status())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(Problems.of(code, detail));
  }
}
