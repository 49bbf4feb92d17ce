package org.constellation.platform.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;

/**
 * The stored side of a {@link BearerToken}.
 *
 * @param value SHA-256 in a domain of its own
 */
public record TokenHash(Hash value) {

  static TokenHash of(String text) {
    return new TokenHash(
        Hashing.hash("CSTL-V1-BEARER-TOKEN", text.getBytes(StandardCharsets.US_ASCII)));
  }

  /** Whether {@code token} is the one that was issued; takes the same time whatever differs. */
  public boolean matches(BearerToken token) {
    return MessageDigest.isEqual(value.toBytes(), token.hash().value().toBytes());
  }
}
