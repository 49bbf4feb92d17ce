package org.constellation.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Says who did what: every request to what is {@link OperatorOnly}, and every one that changes
 * something in the name of a credential, with its outcome. Values of others stand in fields of
 * their own, which the log's format escapes; a secret stands nowhere.
 */
final class AuditLog implements HandlerInterceptor {

  private static final Logger LOG = LoggerFactory.getLogger("constellation.audit");
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final int FINGERPRINT_DIGITS = 16;
  private static final int FIRST_ERROR_STATUS = 400;

  @Override
  public void afterCompletion(
      HttpServletRequest request,
      HttpServletResponse response,
      Object handler,
      @Nullable Exception exception) {
    if (!(handler instanceof HandlerMethod method)) {
      return;
    }
    var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    var changes = !READING.contains(request.getMethod());
    if (OperatorGate.isGuarded(method) || (changes && authorization != null)) {
      write(request, caller(authorization), response.getStatus());
    }
  }

  /** A login that was refused before anybody was asked. */
  static void refused(HttpServletRequest request, int status) {
    write(request, "unknown", status);
  }

  private static void write(HttpServletRequest request, String caller, int status) {
    LOG.atInfo()
        .addKeyValue("audit.action", request.getMethod() + " " + address(request))
        .addKeyValue("audit.target", request.getRequestURI())
        .addKeyValue("audit.caller", caller)
        .addKeyValue("audit.from", request.getRemoteAddr())
        .addKeyValue("audit.status", status)
        .addKeyValue("audit.outcome", status < FIRST_ERROR_STATUS ? "done" : "refused")
        .log("audit");
  }

  private static String address(HttpServletRequest request) {
    var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return pattern == null ? "?" : pattern.toString();
  }

  private static String caller(@Nullable String authorization) {
    return Login.current()
        .map(login -> login.issuer() + " " + login.subject())
        .or(
            () ->
                BearerToken.fromAuthorization(authorization)
                    .map(
                        token ->
                            "token "
                                + token.hash().value().toHex().substring(0, FINGERPRINT_DIGITS)))
        .orElse("nobody");
  }
}
