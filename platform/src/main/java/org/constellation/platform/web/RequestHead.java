package org.constellation.platform.web;

import org.apache.catalina.connector.Request;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11InputBuffer;
import org.apache.tomcat.util.http.MimeHeaders;
import org.apache.tomcat.util.res.StringManager;
import org.jspecify.annotations.Nullable;

/**
 * Tells a request line and headers that are too large from what is malformed. To Tomcat both are
 * bad requests, and only its words tell them apart; {@code WebProblemsTest} holds them to it.
 */
final class RequestHead {

  private static final String BYTES =
      StringManager.getManager(Http11InputBuffer.class)
          .getString("iib.requestheadertoolarge.error");

  private RequestHead() {}

  /**
   * @param code for programs
   * @param detail for people, with the limit
   */
  record Refusal(CommonError code, String detail) {}

  /** Why a request was refused for the size of its head; null if it was not. */
  static @Nullable Refusal refusal(Request request, @Nullable Throwable throwable) {
    if (throwable == null
        || !(request.getConnector().getProtocolHandler()
            instanceof AbstractHttp11Protocol<?> protocol)) {
      return null;
    }
    if (BYTES.equals(throwable.getMessage())) {
      var bytesMax = protocol.getMaxHttpRequestHeaderSize();
      return new Refusal(
          isMostlyAddress(request.getCoyoteRequest(), bytesMax)
              ? CommonError.ADDRESS_TOO_LONG
              : CommonError.HEADERS_TOO_LARGE,
          "The request line and the headers have at most " + bytesMax + " bytes together.");
    }
    var headersMax = protocol.getMaxHeaderCount();
    return headers(headersMax).equals(throwable.getMessage())
        ? new Refusal(
            CommonError.HEADERS_TOO_LARGE, "A request has at most " + headersMax + " headers.")
        : null;
  }

  private static boolean isMostlyAddress(org.apache.coyote.Request request, int bytesMax) {
    // It is not known yet where reading it went past the limit.
    var address = request.requestURI();
    return address.isNull()
        || address.getLength() + request.queryString().getLength() > bytesMax / 2;
  }

  private static String headers(int max) {
    return StringManager.getManager(MimeHeaders.class).getString("headers.maxCountFail", max);
  }
}
