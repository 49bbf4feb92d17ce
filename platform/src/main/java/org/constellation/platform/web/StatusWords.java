package org.constellation.platform.web;

/** What people are told where only a common code is known. */
final class StatusWords {

  private StatusWords() {}

  static String of(CommonError code) {
    return switch (code) {
      case UNREADABLE_BODY -> "The body is missing or is not JSON of the expected shape.";
      case INVALID_REQUEST -> "A part of the request breaks its rule.";
      case NOT_AUTHENTICATED -> "A valid bearer token is needed.";
      case NOT_ALLOWED -> "This token does not allow that.";
      case UNKNOWN_ADDRESS -> "There is nothing at this address.";
      case WRONG_METHOD -> "This address does not know that method.";
      case NOT_ACCEPTABLE -> "This address cannot answer in an accepted format.";
      case BODY_TOO_LARGE -> "The body is larger than this service takes.";
      case BODY_TOO_SLOW -> "The body takes longer to arrive than this service waits.";
      case TOO_MANY_REQUESTS -> "Too many requests; try again later.";
      case ADDRESS_TOO_LONG -> "The request line is longer than this service takes.";
      case HEADERS_TOO_LARGE -> "The headers are larger than this service takes.";
      case UNSUPPORTED_MEDIA_TYPE -> "This address takes JSON, no form and no compressed body.";
      case INTERNAL_ERROR -> "Something went wrong on our side.";
      case NOT_IMPLEMENTED -> "This server knows no such transfer coding or method.";
      case UNAVAILABLE -> "Something that is needed is away; try again later.";
      case UNSUPPORTED_HTTP_VERSION -> "This server speaks HTTP/1.0 and HTTP/1.1.";
    };
  }
}
