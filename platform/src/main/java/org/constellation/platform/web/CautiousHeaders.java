package org.constellation.platform.web;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;

/**
 * What tells browsers neither to guess, to frame, to keep nor to run what a service answers. Spring
 * Security sends it with all that passes it; refusals that are given before it bear it, too.
 */
public final class CautiousHeaders {

  /** Which scripts, styles and frames a page of ours may use: its own. */
  public static final String CONTENT_POLICY =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private CautiousHeaders() {}

  /** Sets them on an answer of which nothing was sent. */
  public static void setOn(HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("X-Frame-Options", "DENY");
    response.setHeader("Content-Security-Policy", CONTENT_POLICY);
    response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
