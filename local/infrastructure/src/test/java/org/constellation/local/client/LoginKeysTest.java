package org.constellation.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginKeysTest {

  @TempDir private Path network;

  @Test
  void signsWhatTheKeyThatItPublishedOnceVerifies() throws Exception {
    var first = LoginKeys.in(network).sign("olga", List.of("a", "b"), Duration.ofMinutes(1));
    var published = network.resolve("login/keys.json");
    var before = Files.readString(published);
    var second = LoginKeys.in(network).sign("olga", List.of("a", "b"), Duration.ofMinutes(1));

    assertThat(Files.readString(published)).isEqualTo(before).doesNotContain("\"d\"");
    var key = JWKSet.parse(before).getKeys().getFirst().toECKey();
    for (var text : List.of(first, second)) {
      var token = SignedJWT.parse(text);
      assertThat(token.verify(new ECDSAVerifier(key))).isTrue();
      assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("olga");
      assertThat(token.getJWTClaimsSet().getStringClaim("scope")).isEqualTo("a b");
    }
    var rights = Files.getPosixFilePermissions(network.resolve("login/key.json"));
    assertThat(PosixFilePermissions.toString(rights)).isEqualTo("rw-------");
  }
}
