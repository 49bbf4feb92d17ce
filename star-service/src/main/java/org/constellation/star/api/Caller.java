package org.constellation.star.api;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.constellation.platform.web.Address;
import org.constellation.platform.web.RateLimit;
import org.constellation.protocol.crypto.Hashing;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Limits each holder of a credential, and each address from which stars are opened without one. How
 * often an address may ask anything else is the front door's business.
 */
@Component
final class Caller implements RateLimit.Caller {

  private static final Pattern BEFORE_SECRET = Pattern.compile("^.*\\s");

  @Override
  public @Nullable String of(HttpServletRequest request) {
    var credential = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (credential != null) {
      // One secret is one caller, however the scheme and the blanks before it are written.
      var secret = BEFORE_SECRET.matcher(credential.strip()).replaceFirst("");
      // Not itself: what is kept in memory can be dumped.
      return Hashing.hash("CSTL-V1-CALLER", secret.getBytes(StandardCharsets.UTF_8)).toHex();
    }
    return request.getMethod().equals("POST") && request.getServletPath().equals("/api/stars")
        ? Address.of(request)
        : null;
  }
}
