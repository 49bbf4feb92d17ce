package org.constellation.platform.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Builds the one error format. */
public final class Problems {

  /** The member that carries the stable code. */
  public static final String CODE = "code";

  private Problems() {}

  /** A problem whose status follows from its code. */
  public static ProblemDetail of(ErrorCode code, String detail) {
    return of(code, code.category().status(), detail);
  }

  /** A problem for a status that was decided elsewhere. */
  static ProblemDetail of(ErrorCode code, HttpStatusCode status, String detail) {
    var problem = ProblemDetail.forStatus(status);
    // What went wrong inside is in our log; the caller can do nothing with it.
    problem.setDetail(
        status.is5xxServerError() && code.category() == ErrorCategory.DEFECT
            ? "Something went wrong on our side."
            : detail);
    problem.setType(code.type());
    problem.setProperty(CODE, code.name());
    return problem;
  }

  static ResponseEntity<Object> answer(ProblemDetail problem, HttpHeaders headers) {
    var answer =
        ResponseEntity.status(problem.getStatus())
            .headers(headers)
            .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (problem.getStatus() == HttpStatus.UNAUTHORIZED.value()) {
      answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return answer.body(problem);
  }
}
