package org.constellation.star.api;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
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

  @Override
  public @Nullable String of(HttpServletRequest request) {
    var credential = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (credential != null) {
      // Not itself: what is kept in memory can be dumped.
      return Hashing.hash("CSTL-V1-CALLER", credential.getBytes(StandardCharsets.UTF_8)).toHex();
    }
    return request.getMethod().equals("POST") && request.getRequestURI().equals("/api/stars")
        ? Address.of(request)
        : null;
  }
}
