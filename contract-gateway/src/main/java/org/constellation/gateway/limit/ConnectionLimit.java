package org.constellation.gateway.limit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.LongSupplier;
import org.constellation.gateway.GatewayError;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers what comes over a connection too many with a refusal, and closes it. What is a little
 * beyond the limit can still be told so; the container takes no more than that.
 */
final class ConnectionLimit extends OncePerRequestFilter {

  /** Connections beyond the limit that are accepted to be refused in words. */
  static final int REFUSED_AT_ONCE = 256;

  private static final String REFUSAL =
      "{\"type\":\"%s\",\"title\":\"Service Unavailable\",\"status\":503,\"detail\":\"%s\",\"code\":\"%s\"}"
          .formatted(
              GatewayError.TOO_MANY_CONNECTIONS.type(),
              "Too many connections are open; try again later.",
              GatewayError.TOO_MANY_CONNECTIONS.name());

  private final int connectionsMax;
  private final LongSupplier open;
  private final Runnable refused;

  ConnectionLimit(int connectionsMax, LongSupplier open, Runnable refused) {
    this.connectionsMax = connectionsMax;
    this.open = open;
    this.refused = refused;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (open.getAsLong() <= connectionsMax) {
      chain.doFilter(request, response);
      return;
    }
    refused.run();
    response.setStatus(GatewayError.TOO_MANY_CONNECTIONS.category().status().value());
    response.setHeader(HttpHeaders.CONNECTION, "close");
    response.setHeader(HttpHeaders.RETRY_AFTER, "5");
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getWriter().write(REFUSAL);
  }
}
