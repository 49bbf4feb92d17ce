package org.constellation.gateway.limit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.apache.catalina.Globals;
import org.constellation.gateway.GatewayError;
import org.constellation.platform.web.Address;
import org.constellation.platform.web.CautiousHeaders;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers what comes over a connection too many with a refusal, and closes it. Who was let in while
 * there was room stays in; who has not asked anything yet takes no room ({@link Newcomers}). What
 * is a little beyond the limit can still be told so; the container takes no more than that. One
 * address has a share of all places, so that nobody closes the door alone.
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

  private final LetIn letIn;
  private final Runnable refused;

  ConnectionLimit(LetIn letIn, Runnable refused) {
    this.letIn = letIn;
    this.refused = refused;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (letIn.admit(request.getServletConnection().getConnectionId(), address(request))) {
      chain.doFilter(request, response);
      return;
    }
    refused.run();
    CautiousHeaders.setOn(response);
    response.setStatus(GatewayError.TOO_MANY_CONNECTIONS.category().status().value());
    response.setHeader(HttpHeaders.CONNECTION, "close");
    response.setHeader(HttpHeaders.RETRY_AFTER, "5");
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getWriter().write(REFUSAL);
  }

  /** Whose share a connection takes: nobody's if it is a proxy's, behind which everybody stands. */
  private static Optional<String> address(HttpServletRequest request) {
    // Set where the container is told to believe proxies, for what comes from one of them.
    return request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE) == null
        ? Optional.of(Address.of(request))
        : Optional.empty();
  }
}
