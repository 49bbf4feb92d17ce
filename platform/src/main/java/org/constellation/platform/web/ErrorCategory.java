package org.constellation.platform.web;

import org.springframework.http.HttpStatus;

/** What kind of trouble a code stands for; decides the HTTP status. */
public enum ErrorCategory {
  INVALID_INPUT(HttpStatus.BAD_REQUEST),
  UNAUTHENTICATED(HttpStatus.UNAUTHORIZED),
  FORBIDDEN(HttpStatus.FORBIDDEN),
  NOT_FOUND(HttpStatus.NOT_FOUND),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE),
  TOO_SLOW(HttpStatus.REQUEST_TIMEOUT),
  CONFLICT(HttpStatus.CONFLICT),
  TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),
  ADDRESS_TOO_LONG(HttpStatus.URI_TOO_LONG),
  UNSUPPORTED_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE),
  TOO_MANY(HttpStatus.TOO_MANY_REQUESTS),
  HEADERS_TOO_LARGE(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE),
  /** Our bug. */
  DEFECT(HttpStatus.INTERNAL_SERVER_ERROR),
  /** A part of HTTP that nobody needs here. */
  NOT_IMPLEMENTED(HttpStatus.NOT_IMPLEMENTED),
  /** Something that we depend on is away; trying again later makes sense. */
  UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE),
  UNSUPPORTED_VERSION(HttpStatus.HTTP_VERSION_NOT_SUPPORTED);

  private final HttpStatus status;

  ErrorCategory(HttpStatus status) {
    this.status = status;
  }

  /** The HTTP status of every code in this category. */
  public HttpStatus status() {
    return status;
  }
}
