package org.constellation.platform.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecurityTest {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] SECRET = "thirty-two bytes of a signing key".getBytes(UTF_8);
  private static final byte[] ALICE = "star1alice".getBytes(UTF_8);

  @TempDir Path temporary;

  @Test
  void recognisesItsOwnTokensOnly() {
    var token = BearerToken.issue(RANDOM);
    var hash = token.hash();
    assertThat(hash.matches(token)).isTrue();
    assertThat(hash.matches(BearerToken.issue(RANDOM))).isFalse();
    assertThat(BearerToken.parse(token.reveal()).map(hash::matches)).contains(true);
    assertThat(BearerToken.fromAuthorization("bearer " + token.reveal()).map(hash::matches))
        .contains(true);
    assertThat(BearerToken.fromAuthorization("Basic " + token.reveal())).isEmpty();
    assertThat(BearerToken.fromAuthorization(null)).isEmpty();
    assertThat(BearerToken.parse(token.reveal() + "x")).isEmpty();
    assertThat(token.toString()).doesNotContain(token.reveal());
    assertThat(hash.toString()).doesNotContain(token.reveal());
  }

  @Test
  void opensWhatItSealedInTheSameContext() throws IOException {
    var key = masterKey("master");
    var sealed = key.seal(SECRET, ALICE);
    assertThat(key.open(sealed, ALICE)).hasValueSatisfying(s -> assertThat(s).isEqualTo(SECRET));
    assertThat(new String(sealed, UTF_8)).doesNotContain("signing");
    assertThat(key.seal(SECRET, ALICE)).as("a nonce of its own").isNotEqualTo(sealed);
  }

  @Test
  void opensNothingThatIsAlteredMovedOrAnothers() throws IOException {
    var key = masterKey("master");
    var sealed = key.seal(SECRET, ALICE);
    for (var at = 0; at < sealed.length; at++) {
      var altered = sealed.clone();
      altered[at] ^= 1;
      assertThat(key.open(altered, ALICE)).as("byte %d", at).isEmpty();
    }
    assertThat(key.open(sealed, "star1bob".getBytes(UTF_8))).isEmpty();
    assertThat(masterKey("other").open(sealed, ALICE)).isEmpty();
    assertThat(key.open(new byte[0], ALICE)).isEmpty();
  }

  @Test
  void keepsSecretFilesToTheirOwner() throws IOException {
    var file = temporary.resolve("keys/secret");
    SecretFile.create(file, SECRET);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(SecretFile.read(file)).isEqualTo(SECRET);
    assertThatThrownBy(() -> SecretFile.create(file, SECRET))
        .isInstanceOf(FileAlreadyExistsException.class);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> SecretFile.read(file)).hasMessageContaining("chmod 600");
  }

  @Test
  void isMadeOnceAndRefusesAFileThatIsNoKey() throws IOException {
    masterKey("master");
    assertThatThrownBy(() -> MasterKey.create(temporary.resolve("master"), RANDOM))
        .isInstanceOf(FileAlreadyExistsException.class);
    var noKey = temporary.resolve("no-key");
    SecretFile.create(noKey, new byte[31]);
    assertThatThrownBy(() -> MasterKey.read(noKey, RANDOM)).hasMessageContaining("holds no key");
  }

  @Test
  void takesTheSameKeyFromASettingAndSaysNothingOfOneThatIsNone() throws IOException {
    var sealed = masterKey("master").seal(SECRET, ALICE);
    var bytes = SecretFile.read(temporary.resolve("master"));
    var text = Base64.getEncoder().encodeToString(bytes);
    assertThat(MasterKey.parse(text, RANDOM).open(sealed, ALICE)).contains(SECRET);
    assertThatThrownBy(() -> MasterKey.parse("secret" + text, RANDOM))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining(text);
    assertThat(new SecurityProperties(null, null, text, null, false).toString())
        .doesNotContain(text);
  }

  private MasterKey masterKey(String name) throws IOException {
    var file = temporary.resolve(name);
    MasterKey.create(file, RANDOM);
    return MasterKey.read(file, RANDOM);
  }
}
