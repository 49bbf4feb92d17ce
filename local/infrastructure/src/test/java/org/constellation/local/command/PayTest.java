package org.constellation.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.constellation.local.client.FakeNetwork;
import org.constellation.local.client.Wallets;
import org.constellation.local.network.DataDirectory;
import org.constellation.local.network.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user is told, and what he pays, where answers are lost. */
class PayTest {

  @TempDir private Path directory;
  private final StringWriter said = new StringWriter();
  private FakeNetwork network;
  private String bob;

  @BeforeEach
  void start() throws IOException {
    network = FakeNetwork.start();
    bob = network.nextStar();
    new DataDirectory(directory).claim(new Shape(4, 4, false));
    Files.writeString(
        directory.resolve("endpoints.json"), "{\"contract-gateway\":%d}".formatted(network.port()));
    Wallets.in(directory.resolve("client").resolve("wallets.json"))
        .add(
            List.of(
                new Wallets.Wallet("alice", network.nextStar(), "token"),
                new Wallets.Wallet("bob", bob, "token")));
  }

  @AfterEach
  void stop() {
    network.close();
  }

  @Test
  void asksAgainAndPaysOnce() {
    network.loseAnswersToPayments(3);

    assertThat(pay()).isZero();

    assertThat(said.toString()).containsOnlyOnce("asking again for up to 30 s");
    assertThat(network.balance(bob)).isEqualTo(5);
    assertThat(network.paymentCount()).isEqualTo(1);
  }

  @Test
  void saysThatItDoesNotKnowAndHowToAskAgain() {
    network.loseAnswersToPayments(1);

    assertThat(pay("--patience", "0", "--key", "mine")).isEqualTo(1);

    assertThat(said.toString())
        .contains("whether this was paid is not known", "--key mine asks again");
    assertThat(pay("--key", "mine")).isZero();
    assertThat(network.balance(bob)).isEqualTo(5);
    assertThat(network.paymentCount()).isEqualTo(1);
    assertThat(pay()).isZero();
    assertThat(network.balance(bob)).isEqualTo(10);
  }

  private int pay(String... options) {
    var words = new ArrayList<>(List.of("pay", "alice", "bob", "5", "--no-wait"));
    words.addAll(List.of(options));
    words.addAll(List.of("--data", directory.toString()));
    return Constellation.commandLine()
        .setErr(new PrintWriter(said, true))
        .execute(words.toArray(String[]::new));
  }
}
