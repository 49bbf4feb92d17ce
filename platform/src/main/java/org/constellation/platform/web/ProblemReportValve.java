package org.constellation.platform.web;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Answers in the one format where Tomcat refuses a request before any servlet sees it, for instance
 * for illegal characters in the request line. Public because Tomcat makes it by name.
 */
public final class ProblemReportValve extends ErrorReportValve {

  private static final int FIRST_ERROR_STATUS = 400;

  @Override
  protected void report(Request request, Response response, @Nullable Throwable throwable) {
    if (response.getStatus() < FIRST_ERROR_STATUS || response.getContentWritten() > 0) {
      return;
    }
    if (!response.setErrorReported()) {
      return;
    }
    var status = HttpStatus.resolve(response.getStatus());
    var code = CommonError.ofStatus(status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status);
    try {
      response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
      response.setCharacterEncoding("utf-8");
      var writer = response.getReporter();
      if (writer != null) {
        writer.write(ProblemText.of(code, StatusWords.of(code)));
        response.finishResponse();
      }
    } catch (IOException | IllegalStateException e) {
      // The caller is gone or has its answer; there is nobody left to tell.
      container.getLogger().debug("no error report", e);
    }
  }
}
