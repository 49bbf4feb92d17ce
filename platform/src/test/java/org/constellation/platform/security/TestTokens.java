package org.constellation.platform.security;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/** An issuer of access tokens. */
record TestTokens(ECKey key) {

  static TestTokens issuer(String name) {
    try {
      return new TestTokens(new ECKeyGenerator(Curve.P_256).keyID(name).generate());
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes its public key the only one in {@code file}. */
  void publish(Path file) throws IOException {
    Files.writeString(file, new JWKSet(key.toPublicJWK()).toString());
  }

  /** What a sound token says. */
  static JWTClaimsSet.Builder claims(String subject, String scopes) {
    return new JWTClaimsSet.Builder()
        .issuer(LoginConfiguration.LOCAL_ISSUER)
        .audience(LoginConfiguration.AUDIENCE)
        .subject(subject)
        .claim("scope", scopes)
        .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))));
  }

  String sign(JWTClaimsSet.Builder claims) {
    try {
      return sign(claims, JWSAlgorithm.ES256, new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String sign(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, JWSSigner signer)
      throws JOSEException {
    var token =
        new SignedJWT(
            new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims.build());
    token.sign(signer);
    return token.serialize();
  }
}
