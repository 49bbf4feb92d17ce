package org.constellation.platform.observe;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/** Marks what is logged while a request is answered with the service's name. */
public final class LogContextFilter extends OncePerRequestFilter {

  private final String service;

  /** Marks with {@code service}. */
  public LogContextFilter(String service) {
    this.service = service;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try (var _ = MDC.putCloseable(LogContext.SERVICE, service)) {
      chain.doFilter(request, response);
    }
  }
}
