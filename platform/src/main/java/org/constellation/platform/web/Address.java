package org.constellation.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/** Tells callers apart by where they ask from. */
public final class Address {

  private static final int NETWORK_BYTES = 8;

  private Address() {}

  /** An IPv4 address, or an IPv6 network of 64 bits, all of which is one household's. */
  public static String of(HttpServletRequest request) {
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
