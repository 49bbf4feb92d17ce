package org.constellation.gateway.route;

import org.springframework.cloud.gateway.server.mvc.filter.HttpHeadersFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.function.ServerRequest;

/**
 * Tells services who asks: the address that the front door saw, whatever the request says. Services
 * limit and write down by it.
 */
final class Origin implements HttpHeadersFilter.RequestHttpHeadersFilter, Ordered {

  @Override
  public HttpHeaders apply(HttpHeaders headers, ServerRequest request) {
    var told = new HttpHeaders();
    told.addAll(headers);
    told.set("X-Forwarded-For", request.servletRequest().getRemoteAddr());
    return told;
  }

  /** After whatever takes away what the request itself says of that. */
  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }
}
