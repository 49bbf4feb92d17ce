package org.constellation.platform.web;

import org.springframework.http.HttpStatusCode;

/** What can go wrong in any service. */
public enum CommonError implements ErrorCode {
  /** A body that cannot be read as the expected type. */
  UNREADABLE_BODY(ErrorCategory.INVALID_INPUT),
  /** Readable, but a field breaks its rule. */
  INVALID_REQUEST(ErrorCategory.INVALID_INPUT),
  /** No token, or none that we know. */
  NOT_AUTHENTICATED(ErrorCategory.UNAUTHENTICATED),
  /** A known token that may not do this. */
  NOT_ALLOWED(ErrorCategory.FORBIDDEN),
  /** No such address. */
  UNKNOWN_ADDRESS(ErrorCategory.NOT_FOUND),
  WRONG_METHOD(ErrorCategory.METHOD_NOT_ALLOWED),
  NOT_ACCEPTABLE(ErrorCategory.NOT_ACCEPTABLE),
  BODY_TOO_LARGE(ErrorCategory.TOO_LARGE),
  UNSUPPORTED_MEDIA_TYPE(ErrorCategory.UNSUPPORTED_TYPE),
  TOO_MANY_REQUESTS(ErrorCategory.TOO_MANY),
  INTERNAL_ERROR(ErrorCategory.DEFECT),
  UNAVAILABLE(ErrorCategory.UNAVAILABLE);

  private final ErrorCategory category;

  CommonError(ErrorCategory category) {
    this.category = category;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }

  /** The nearest code for an answer of which only the status is known. */
  static CommonError ofStatus(HttpStatusCode status) {
    for (var code : values()) {
      if (code != UNREADABLE_BODY && code.category.status().isSameCodeAs(status)) {
        return code;
      }
    }
    return status.is4xxClientError() ? INVALID_REQUEST : INTERNAL_ERROR;
  }
}
