package org.constellation.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.constellation.local.client.Wallets.Wallet;
import org.constellation.local.network.DataDirectory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The treasury among the user's stars. */
class ClientFilesTest {

  @TempDir private Path root;
  private ClientFiles files;

  @BeforeEach
  void makeTreasury() throws IOException {
    files = new ClientFiles(new DataDirectory(root));
    Files.createDirectories(root.resolve("secrets"));
    Files.write(root.resolve("secrets/treasury.key"), new byte[32]);
    put("operator.token", "operators");
  }

  @Test
  void isPaidFromWithItsOwnToken() throws Exception {
    put("treasury.token", "treasurys");
    assertThat(treasury().token()).isEqualTo("treasurys");
  }

  @Test
  void isPaidFromWithTheOneTokenThatAnOlderDirectoryHas() throws Exception {
    assertThat(treasury().token()).isEqualTo("operators");
    put("treasury.token", "operators");
    put("operator.token", "another");
    assertThat(treasury().token()).isEqualTo("operators");
  }

  @Test
  void hasAnotherTokenWhenItsFileHas() throws Exception {
    put("treasury.token", "stolen");
    assertThat(treasury().token()).isEqualTo("stolen");
    put("treasury.token", "another");
    assertThat(treasury().token()).isEqualTo("another");
  }

  @Test
  void leavesAnotherStarOfThatNameAlone() throws Exception {
    Files.delete(root.resolve("secrets/treasury.key"));
    var own = new Wallet("treasury", "star1own", "own");
    files.wallets().add(List.of(own));
    Files.write(root.resolve("secrets/treasury.key"), new byte[32]);
    put("treasury.token", "treasurys");
    assertThat(treasury()).isEqualTo(own);
  }

  private Wallet treasury() throws IOException {
    assertThat(files.wallets().find("treasury")).isEqualTo(kept());
    return kept().orElseThrow();
  }

  private Optional<Wallet> kept() throws IOException {
    return Wallets.in(root.resolve("client/wallets.json")).find("treasury");
  }

  private void put(String name, String token) throws IOException {
    Files.writeString(root.resolve("secrets").resolve(name), token + "\n");
  }
}
