package org.constellation.local.client;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.constellation.protocol.crypto.Hashing;

/**
 * A key of a machine. What a service makes of it stands with the service, whose code is not known
 * here; a test of star-service shows one made here to it.
 *
 * @param text what the machine shows
 * @param hash what services are told of it
 */
public record ApiKey(String text, String hash) {

  private static final int SECRET_BYTES = 32;

  /** A new one, kept nowhere. */
  public static ApiKey make() {
    var secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    var text = "csk_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    var hash = Hashing.hash("CSTL-V1-API-KEY", text.getBytes(StandardCharsets.US_ASCII));
    return new ApiKey(text, hash.toHex());
  }
}
