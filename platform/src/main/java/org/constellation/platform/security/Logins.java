package org.constellation.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.OpaqueTokenAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/**
 * Checks access tokens and API keys. Tokens of stars and the operator's pass by: whoever is asked
 * compares them with what is stored.
 */
final class Logins implements AuthenticationManagerResolver<HttpServletRequest> {

  /** The issuer does not say which keys it signs with, so nobody can tell what a token is worth. */
  static final class IssuerAway extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    IssuerAway(Throwable cause) {
      super("the issuer of access tokens is away", cause);
    }
  }

  private final AuthenticationManager keys;
  private final @Nullable AuthenticationManager tokens;

  Logins(ApiKeys keys, @Nullable JwtDecoder decoder) {
    this.keys = new ProviderManager(new OpaqueTokenAuthenticationProvider(keys));
    this.tokens =
        decoder == null ? null : new ProviderManager(new JwtAuthenticationProvider(decoder));
  }

  /** Where a request carries a login. */
  static BearerTokenResolver headers() {
    var standard = new DefaultBearerTokenResolver();
    return request ->
        BearerToken.fromAuthorization(request.getHeader(HttpHeaders.AUTHORIZATION)).isPresent()
            ? null
            : standard.resolve(request);
  }

  @Override
  public AuthenticationManager resolve(HttpServletRequest request) {
    return this::authenticate;
  }

  private Authentication authenticate(Authentication authentication) {
    var token = ((BearerTokenAuthenticationToken) authentication).getToken();
    if (ApiKeys.isOne(token)) {
      return keys.authenticate(authentication);
    }
    if (tokens == null) {
      throw new InvalidBearerTokenException("no issuer of access tokens is known");
    }
    try {
      return tokens.authenticate(authentication);
    } catch (AuthenticationServiceException | JwtDecoderInitializationException e) {
      throw new IssuerAway(e);
    }
  }
}
