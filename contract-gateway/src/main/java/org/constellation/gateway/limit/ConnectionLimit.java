package org.constellation.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
 * Answers what comes over a connection too many with a refusal, and closes it. Who was let in while
 * there was room stays in. What is a little beyond the limit can still be told so; the container
 * takes no more than that. A share for each address is not given here: many shops stand behind one.
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

  /** Connections that were let in, the latest used; never fewer than can be open. */
  private final Cache<String, Boolean> letIn;

  ConnectionLimit(int connectionsMax, LongSupplier open, Runnable refused) {
    this.connectionsMax = connectionsMax;
    this.open = open;
    this.refused = refused;
    this.letIn = Caffeine.newBuilder().maximumSize(connectionsMax + REFUSED_AT_ONCE).build();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var connection = request.getServletConnection().getConnectionId();
    if (letIn.getIfPresent(connection) != null) {
      chain.doFilter(request, response);
      return;
    }
    if (open.getAsLong() <= connectionsMax) {
      letIn.put(connection, true);
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
