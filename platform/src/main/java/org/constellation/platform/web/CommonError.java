package org.constellation.platform.web;

import org.springframework.http.HttpStatusCode;

/** What can go wrong in any service. */
public enum CommonError implements ErrorCode {
  /** The body is missing, is no JSON, or is not of the expected shape; the detail says which. */
  UNREADABLE_BODY(ErrorCategory.INVALID_INPUT),
  /** The request can be read, but a part of it breaks its rule; {@code violations} may name it. */
  INVALID_REQUEST(ErrorCategory.INVALID_INPUT),
  /** The request carries no bearer token, or none that this service knows. */
  NOT_AUTHENTICATED(ErrorCategory.UNAUTHENTICATED),
  /** The token is known and may not do this. */
  NOT_ALLOWED(ErrorCategory.FORBIDDEN),
  /** There is nothing at this address; the API's description lists those that there are. */
  UNKNOWN_ADDRESS(ErrorCategory.NOT_FOUND),
  /** The address is right and does not know the method; {@code Allow} names those it knows. */
  WRONG_METHOD(ErrorCategory.METHOD_NOT_ALLOWED),
  /** The address answers in no format that {@code Accept} takes. */
  NOT_ACCEPTABLE(ErrorCategory.NOT_ACCEPTABLE),
  /** The body has more bytes than the service takes. */
  BODY_TOO_LARGE(ErrorCategory.TOO_LARGE),
  /** The body takes longer to arrive than the service waits. */
  BODY_TOO_SLOW(ErrorCategory.TOO_SLOW),
  /** This caller asks too often; {@code Retry-After} says in how many seconds to try again. */
  TOO_MANY_REQUESTS(ErrorCategory.TOO_MANY),
  /** The request line and headers have too many bytes together, most of them in the address. */
  ADDRESS_TOO_LONG(ErrorCategory.ADDRESS_TOO_LONG),
  /** The request line and headers have too many bytes together, or there are too many headers. */
  HEADERS_TOO_LARGE(ErrorCategory.HEADERS_TOO_LARGE),
  /** The body is of another type than the address takes, or compressed. */
  UNSUPPORTED_MEDIA_TYPE(ErrorCategory.UNSUPPORTED_TYPE),
  /** The service met a defect of its own, which its log describes; whether it acted is open. */
  INTERNAL_ERROR(ErrorCategory.DEFECT),
  /** The request uses a transfer coding or a method that this server has no use for. */
  NOT_IMPLEMENTED(ErrorCategory.NOT_IMPLEMENTED),
  /** Something that the service needs is away, or it is stopping. */
  UNAVAILABLE(ErrorCategory.UNAVAILABLE),
  /** The request is in another version of HTTP than 1.0 or 1.1. */
  UNSUPPORTED_HTTP_VERSION(ErrorCategory.UNSUPPORTED_VERSION);

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
