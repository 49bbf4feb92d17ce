package org.constellation.platform.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;

/**
 * The stored side of a {@link BearerToken}.
 *
 * @param value SHA-256 in a domain of its own
 */
public record TokenHash(Hash value) {

  private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-f]{64}");

  static TokenHash of(String text) {
    return new TokenHash(
        Hashing.hash("CSTL-V1-BEARER-TOKEN", text.getBytes(StandardCharsets.US_ASCII)));
  }

  /**
   * Reads the file of a token, or of its hash in hexadecimal.
   *
   * @throws IOException also if it holds neither, or is open to others than its owner
   */
  public static TokenHash read(Path file) throws IOException {
    var text = new String(SecretFile.read(file), StandardCharsets.US_ASCII).strip();
    if (HEXADECIMAL.matcher(text).matches()) {
      return new TokenHash(Hash.fromHex(text));
    }
    return BearerToken.parse(text)
        .map(BearerToken::hash)
        .orElseThrow(() -> new IOException(file + " holds no bearer token, nor the hash of one"));
  }

  /** Whether {@code token} is the one that was issued; takes the same time whatever differs. */
  public boolean matches(BearerToken token) {
    return MessageDigest.isEqual(value.toBytes(), token.hash().value().toBytes());
  }
}
