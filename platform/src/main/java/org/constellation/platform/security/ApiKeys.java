package org.constellation.platform.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.constellation.protocol.crypto.Hashing;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;

/** Keys of machines: 256 random bits each, of which only a hash is configured. */
final class ApiKeys implements OpaqueTokenIntrospector {

  private static final Pattern TEXT = Pattern.compile("csk_[A-Za-z0-9_-]{43}");

  private final Map<String, LoginProperties.ApiKey> keys;

  ApiKeys(Map<String, LoginProperties.ApiKey> keys) {
    this.keys = new TreeMap<>(keys);
  }

  /** Whether a bearer token looks like a key, whosever. */
  static boolean isOne(String token) {
    return TEXT.matcher(token).matches();
  }

  /** What is configured of a key. */
  static String hash(String key) {
    return Hashing.hash("CSTL-V1-API-KEY", key.getBytes(StandardCharsets.US_ASCII)).toHex();
  }

  @Override
  public OAuth2AuthenticatedPrincipal introspect(String token) {
    var presented = hash(token).getBytes(StandardCharsets.US_ASCII);
    @Nullable String name = null;
    // All of them, so that time tells nothing about which one came close.
    for (var key : keys.entrySet()) {
      var known = key.getValue().hash().getBytes(StandardCharsets.US_ASCII);
      if (MessageDigest.isEqual(known, presented)) {
        name = key.getKey();
      }
    }
    if (name == null) {
      throw new BadOpaqueTokenException("no such key");
    }
    return new DefaultOAuth2AuthenticatedPrincipal(name, Map.of("sub", name), authorities(name));
  }

  private List<GrantedAuthority> authorities(String name) {
    var authorities = new ArrayList<GrantedAuthority>();
    var key = keys.get(name);
    if (key != null) {
      key.scopes().forEach(scope -> authorities.add(new SimpleGrantedAuthority("SCOPE_" + scope)));
    }
    return authorities;
  }
}
