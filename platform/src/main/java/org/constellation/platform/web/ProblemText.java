package org.constellation.platform.web;

/** A problem as text, for places that no message converter reaches. */
final class ProblemText {

  private ProblemText() {}

  /** All parts are our own constants, so nothing needs escaping. */
  static String of(CommonError code, String detail) {
    var status = code.category().status();
    return "{\"type\":\"%s\",\"title\":\"%s\",\"status\":%d,\"detail\":\"%s\",\"code\":\"%s\"}"
        .formatted(code.type(), status.getReasonPhrase(), status.value(), detail, code.name());
  }
}
