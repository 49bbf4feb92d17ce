package org.constellation.platform.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.constellation.platform.security.BearerToken;
import org.constellation.platform.security.SecretFile;
import org.constellation.platform.security.TokenHash;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokensTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir private Path root;
  private NetworkFiles files;

  @BeforeEach
  void prepare() throws IOException {
    files = new NetworkFiles(root);
    SecretFile.create(files.treasuryKey(), new byte[32]);
  }

  @Test
  void eachHasATokenOfItsOwnAndServicesKnowIt() throws Exception {
    Tokens.settle(files, RANDOM);
    assertThat(token(files.operatorToken()).reveal())
        .isNotEqualTo(token(files.treasuryToken()).reveal());
    knows(files.operatorHash(), files.operatorToken());
    knows(files.treasuryHash(), files.treasuryToken());
    var before = content();
    Tokens.settle(files, RANDOM);
    assertThat(content()).isEqualTo(before);
  }

  @Test
  void theOneTokenOfAnOlderDirectoryStaysTheTreasurys() throws Exception {
    var old = BearerToken.issue(RANDOM).reveal();
    put(files.operatorToken(), old);
    Tokens.settle(files, RANDOM);
    assertThat(token(files.treasuryToken()).reveal()).isEqualTo(old);
    assertThat(token(files.operatorToken()).reveal()).isNotEqualTo(old);
    knows(files.operatorHash(), files.operatorToken());
    knows(files.treasuryHash(), files.treasuryToken());
  }

  @Test
  void goesOnWhereItWasInterrupted() throws Exception {
    var old = BearerToken.issue(RANDOM).reveal();
    put(files.operatorToken(), old);
    put(files.treasuryToken(), old + "\n");
    Tokens.settle(files, RANDOM);
    assertThat(token(files.treasuryToken()).reveal()).isEqualTo(old);
    assertThat(token(files.operatorToken()).reveal()).isNotEqualTo(old);
  }

  @Test
  void anotherTokenHasAnotherHash() throws Exception {
    Tokens.settle(files, RANDOM);
    for (var token : new Path[] {files.operatorToken(), files.treasuryToken()}) {
      put(token, BearerToken.issue(RANDOM).reveal());
    }
    Tokens.settle(files, RANDOM);
    knows(files.operatorHash(), files.operatorToken());
    knows(files.treasuryHash(), files.treasuryToken());
  }

  @Test
  void whoHasNoTreasuryKeepsTheOperatorsToken() throws Exception {
    Files.delete(files.treasuryKey());
    var old = BearerToken.issue(RANDOM).reveal();
    put(files.operatorToken(), old);
    Tokens.settle(files, RANDOM);
    assertThat(token(files.operatorToken()).reveal()).isEqualTo(old);
    assertThat(files.treasuryToken()).doesNotExist();
    assertThat(files.treasuryHash()).doesNotExist();
  }

  @Test
  void takesNothingElseForATokenOrItsHash() throws Exception {
    put(files.operatorToken(), "rubbish");
    assertThatThrownBy(() -> Tokens.settle(files, RANDOM))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds no bearer token");
    assertThat(files.treasuryToken()).as("nothing is made of it").doesNotExist();
    assertThatThrownBy(() -> TokenHash.read(files.operatorToken()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds no bearer token");
  }

  private static void knows(Path hash, Path token) throws IOException {
    assertThat(Files.readString(hash)).doesNotContain("cst_");
    assertThat(TokenHash.read(hash).matches(token(token))).isTrue();
    assertThat(TokenHash.read(token)).isEqualTo(TokenHash.read(hash));
  }

  private static BearerToken token(Path file) throws IOException {
    return BearerToken.parse(Files.readString(file).strip()).orElseThrow();
  }

  private static void put(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    SecretFile.create(file, text.getBytes(StandardCharsets.US_ASCII));
  }

  private String content() throws IOException {
    return Files.readString(files.operatorToken())
        + Files.readString(files.operatorHash())
        + Files.readString(files.treasuryToken())
        + Files.readString(files.treasuryHash());
  }
}
