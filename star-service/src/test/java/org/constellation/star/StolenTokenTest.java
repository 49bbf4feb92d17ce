package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import org.constellation.platform.security.BearerToken;
import org.constellation.platform.security.SecretFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A token that others know opens nothing once another one is in its file. */
class StolenTokenTest {

  private static RunningNetwork network;

  @BeforeAll
  static void start() {
    network = RunningNetwork.start(StolenTokenTest.class);
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  @Test
  void theTreasuryAndTheOperatorGetAnotherToken() throws IOException {
    var shop = network.openStar();
    var stolen = network.treasury();
    network.awaitStatus(network.pay(stolen, shop.id(), 1), "FINAL");
    network.stopService();
    var file = network.network().files().operatorToken();
    Files.delete(file);
    var token = BearerToken.issue(new SecureRandom()).reveal();
    SecretFile.create(file, token.getBytes(StandardCharsets.US_ASCII));
    network.startService();

    var payment = "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}".formatted(stolen.id(), shop.id());
    assertThat(network.post("/api/transactions", payment, stolen.token()).status()).isEqualTo(403);
    assertThat(network.getAs("/api/stars", stolen.token()).status()).isEqualTo(403);
    network.awaitStatus(network.pay(network.treasury(), shop.id(), 1), "FINAL");
    network.getAs("/api/stars", token).expect(200);
  }
}
