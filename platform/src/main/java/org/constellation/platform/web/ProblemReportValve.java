package org.constellation.platform.web;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/**
 * Answers in the one format where Tomcat refuses a request before any servlet sees it, for instance
 * for illegal characters in the request line.
 */
final class ProblemReportValve extends ErrorReportValve {

  private static final int FIRST_ERROR_STATUS = 400;

  private final ProblemCounter problems;

  ProblemReportValve(ProblemCounter problems) {
    this.problems = problems;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    if (response.getStatus() < FIRST_ERROR_STATUS || response.getContentWritten() > 0) {
      return;
    }
    if (!response.setErrorReported()) {
      return;
    }
    if (isLast(request)) {
      // Tomcat tells so of some statuses only. A caller who does not know sends its next request
      // over a connection that nobody reads any more.
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
    var tooLarge = RequestHead.refusal(request, throwable);
    if (tooLarge != null) {
      // Tomcat has no status of its own for it.
      response.setStatus(tooLarge.code().category().status().value());
      write(tooLarge.code(), tooLarge.code().category().status(), tooLarge.detail(), response);
      return;
    }
    var known = HttpStatus.resolve(response.getStatus());
    var status = known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
    var code = CommonError.ofStatus(status);
    write(code, status, StatusWords.of(code), response);
  }

  /**
   * Whether Tomcat closes the connection after this answer, since it could not read the request.
   */
  private static boolean isLast(Request request) {
    var isError = new AtomicBoolean();
    request.getCoyoteRequest().action(ActionCode.IS_ERROR, isError);
    return isError.get();
  }

  private void write(CommonError code, HttpStatusCode status, String detail, Response response) {
    problems.count(code);
    try {
      CautiousHeaders.setOn(response);
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.setCharacterEncoding("utf-8");
      var writer = response.getReporter();
      if (writer != null) {
        writer.write(ProblemText.of(code, status, detail));
        response.finishResponse();
      }
    } catch (IOException | IllegalStateException e) {
      // The caller is gone or has its answer; there is nobody left to tell.
      container.getLogger().debug("no error report", e);
    }
  }
}
