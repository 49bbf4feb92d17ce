package org.constellation.gateway.limit;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import org.constellation.platform.web.RateLimit;
import org.springframework.stereotype.Component;

/** Limits each address; with IPv6 each network of 64 bits, all of which is one household's. */
@Component
final class Address implements RateLimit.Caller {

  private static final int NETWORK_BYTES = 8;

  @Override
  public String of(HttpServletRequest request) {
    var text = request.getRemoteAddr();
    try {
      return InetAddress.ofLiteral(text) instanceof Inet6Address address
          ? Arrays.toString(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
          : text;
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
