package org.constellation.platform.web;

import org.springframework.http.HttpStatusCode;

/** A problem as text, for places that no message converter reaches. */
final class ProblemText {

  private ProblemText() {}

  /** A problem whose status follows from its code. */
  static String of(CommonError code, String detail) {
    return of(code, code.category().status(), detail);
  }

  /** All parts are our own constants, so nothing needs escaping. */
  static String of(CommonError code, HttpStatusCode status, String detail) {
    var problem = Problems.of(code, status, detail);
    return "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"%s\"}"
        .formatted(
            problem.getType(),
            problem.getTitle(),
            problem.getStatus(),
            problem.getDetail(),
            code.name());
  }
}
