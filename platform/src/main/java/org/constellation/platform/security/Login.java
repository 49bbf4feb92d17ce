package org.constellation.platform.security;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.constellation.platform.web.CommonError;
import org.constellation.platform.web.RequestRejected;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/**
 * Whom an access token or an API key names, once it was checked.
 *
 * @param issuer who says so; {@value #API_KEYS} for a key of this service's own configuration
 * @param subject unique for that issuer
 * @param scopes what the caller may do
 */
public record Login(String issuer, String subject, Set<String> scopes) {

  /** Scope that opens what is {@link OperatorOnly}. */
  public static final String OPERATOR = "constellation:operator";

  /** Scope that lets its holder open custodial stars, and act for those that he opened. */
  public static final String CUSTODY = "constellation:custody";

  static final String API_KEYS = "api-keys";

  private static final String SCOPE = "SCOPE_";

  public Login {
    scopes = Set.copyOf(scopes);
  }

  /** Who sent the request that this thread answers; empty without a login. */
  public static Optional<Login> current() {
    return switch (SecurityContextHolder.getContext().getAuthentication()) {
      case JwtAuthenticationToken jwt ->
          Optional.of(
              new Login(
                  Objects.requireNonNullElse(jwt.getToken().getClaimAsString("iss"), ""),
                  jwt.getName(),
                  scopes(jwt)));
      case BearerTokenAuthentication key ->
          Optional.of(new Login(API_KEYS, key.getName(), scopes(key)));
      case null, default -> Optional.empty();
    };
  }

  private static Set<String> scopes(Authentication authentication) {
    var scopes = new LinkedHashSet<String>();
    for (var authority : authentication.getAuthorities()) {
      var name = authority.getAuthority();
      if (name != null && name.startsWith(SCOPE)) {
        scopes.add(name.substring(SCOPE.length()));
      }
    }
    return scopes;
  }

  /**
   * Refuses what needs a scope that this login does not have.
   *
   * @throws RequestRejected if so
   */
  public void require(String scope) {
    if (!scopes.contains(scope)) {
      throw new RequestRejected(CommonError.NOT_ALLOWED, "This needs the scope " + scope + ".");
    }
  }

  /** What is stored of a star that belongs to this login, in the place of a token's hash. */
  public Hash credential() {
    return Hashing.hash(
        "CSTL-V1-LOGIN", (issuer + "\n" + subject).getBytes(StandardCharsets.UTF_8));
  }
}
