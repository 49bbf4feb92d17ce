package org.constellation.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalletsTest {

  @Test
  void keepsWhatAnotherCommandAddedMeanwhile(@TempDir Path directory) throws IOException {
    var file = directory.resolve("client").resolve("wallets.json");
    var mine = Wallets.in(file);
    var theirs = Wallets.in(file);

    theirs.add(List.of(new Wallets.Wallet("bob", "star1b", "token-b")));
    mine.add(List.of(new Wallets.Wallet("alice", "star1a", "token-a")));

    assertThat(Wallets.in(file).all())
        .extracting(Wallets.Wallet::token)
        .containsExactlyInAnyOrder("token-a", "token-b");
  }
}
