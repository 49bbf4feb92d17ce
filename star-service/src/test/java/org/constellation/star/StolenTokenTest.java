package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.constellation.platform.provision.Tokens;
import org.constellation.platform.security.BearerToken;
import org.constellation.platform.security.SecretFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The operator's token and the treasury's: what each opens, and how it ends. */
class StolenTokenTest {

  private static final SecureRandom RANDOM = new SecureRandom();

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
    var stolenOperators = network.operatorToken();
    network.awaitStatus(network.pay(stolen, shop.id(), 1), "FINAL");
    network.getAs("/api/stars", stolenOperators).expect(200);
    network.stopService();
    var files = network.network().files();
    replace(files.operatorToken());
    replace(files.treasuryToken());
    Tokens.settle(files, RANDOM);
    network.startService();

    assertThat(pay(stolen.id(), stolen.token(), shop.id()).code()).isEqualTo("NOT_ALLOWED");
    assertThat(network.getAs("/api/stars", stolenOperators).code()).isEqualTo("NOT_ALLOWED");
    network.awaitStatus(network.pay(network.treasury(), shop.id(), 1), "FINAL");
    network.getAs("/api/stars", network.operatorToken()).expect(200);
  }

  @Test
  void theOperatorDoesNotPayAndTheTreasuryDoesNotOperate() throws IOException {
    var shop = network.openStar();
    var treasury = network.treasury();
    assertThat(network.operatorToken()).isNotEqualTo(treasury.token());
    var paid = pay(treasury.id(), network.operatorToken(), shop.id());
    assertThat(paid.status()).isEqualTo(403);
    assertThat(paid.code()).isEqualTo("NOT_ALLOWED");
    for (var path : List.of("/api/stars", "/api/stars/outbox")) {
      var listed = network.getAs(path, treasury.token());
      assertThat(listed.status()).as(path).isEqualTo(403);
      assertThat(listed.code()).as(path).isEqualTo("NOT_ALLOWED");
      network.getAs(path, network.operatorToken()).expect(200);
    }
    // What the service is given opens nothing.
    var known = Files.readString(network.network().files().treasuryHash()).strip();
    assertThat(pay(treasury.id(), known, shop.id()).status()).isIn(401, 403);
    network.awaitStatus(network.pay(treasury, shop.id(), 1), "FINAL");
  }

  private static RunningNetwork.Answer pay(String from, String token, String to) {
    var payment = "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}".formatted(from, to);
    return network.post("/api/transactions", payment, token);
  }

  private static void replace(Path token) throws IOException {
    Files.delete(token);
    SecretFile.create(
        token, BearerToken.issue(RANDOM).reveal().getBytes(StandardCharsets.US_ASCII));
  }
}
