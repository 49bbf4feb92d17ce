package org.constellation.platform.security;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A secret of 256 random bits that lets its bearer act. It is shown once; what is stored is its
 * {@link #hash}.
 */
public final class BearerToken {

  private static final int SECRET_BYTES = 32;
  private static final Pattern TEXT = Pattern.compile("cst_[A-Za-z0-9_-]{43}");
  private static final String SCHEME = "Bearer ";

  private final String text;

  private BearerToken(String text) {
    this.text = text;
  }

  /** A new one. */
  public static BearerToken issue(SecureRandom random) {
    var secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new BearerToken("cst_" + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** Reads what {@link #reveal} gave; empty for anything else. */
  public static Optional<BearerToken> parse(@Nullable String text) {
    return text != null && TEXT.matcher(text).matches()
        ? Optional.of(new BearerToken(text))
        : Optional.empty();
  }

  /** Reads an {@code Authorization} header; empty unless it carries a token of ours. */
  public static Optional<BearerToken> fromAuthorization(@Nullable String header) {
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? parse(header.substring(SCHEME.length()).strip())
        : Optional.empty();
  }

  /** The secret itself, for the one answer that shows it. */
  public String reveal() {
    return text;
  }

  /** What is stored. The secret has full entropy, so a plain hash protects it. */
  public TokenHash hash() {
    return TokenHash.of(text);
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "bearer token";
  }
}
