package org.constellation.local.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;

/**
 * A key that signs access tokens for a network on this machine, in the place of an identity
 * provider. Services believe the public half, which lies beside it.
 */
public final class LoginKeys {

  /** What the tokens name as their issuer, and whom they are for: services demand both. */
  private static final String ISSUER = "constellation-local";

  private static final String AUDIENCE = "constellation";
  private static final String OWNER_ONLY = "rw-------";

  private final ECKey key;

  private LoginKeys(ECKey key) {
    this.key = key;
  }

  /** Reads the key of a network, or makes it. */
  public static LoginKeys in(Path network) throws IOException {
    var directory = network.resolve("login");
    var secret = directory.resolve("key.json");
    try {
      if (!Files.exists(secret)) {
        Files.createDirectories(directory);
        make(secret, directory.resolve("keys.json"));
      }
      return new LoginKeys(ECKey.parse(Files.readString(secret)));
    } catch (JOSEException | ParseException e) {
      throw new IOException(secret + " is no key: " + e.getMessage(), e);
    }
  }

  private static void make(Path secret, Path published) throws IOException, JOSEException {
    var key = new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    // The public half first, and each at once: a half-written one would be taken for a key.
    write(published, new JWKSet(key.toPublicJWK()).toString());
    write(secret, key.toJSONString());
  }

  private static void write(Path file, String content) throws IOException {
    var rights = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY));
    var beside = Files.createTempFile(file.getParent(), "key", null, rights);
    Files.writeString(beside, content);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** An access token. */
  public String sign(String subject, Collection<String> scopes, Duration validFor) {
    var now = Instant.now();
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .subject(subject)
            .claim("scope", String.join(" ", scopes))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(validFor)))
            .build();
    var token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), claims);
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("a key of our own does not sign", e);
    }
    return token.serialize();
  }
}
