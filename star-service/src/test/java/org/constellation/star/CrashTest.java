package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import org.awaitility.Awaitility;
import org.constellation.testsupport.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was answered is kept, whatever stops. */
class CrashTest {

  private RunningNetwork network;

  @BeforeEach
  void start() {
    network = RunningNetwork.start(CrashTest.class);
  }

  @AfterEach
  void stop() {
    network.close();
  }

  @Test
  void sendsAfterARestartWhatTheNetworkNeverGot() {
    var alice = network.fundedStar(100);
    var bob = network.openStar();
    var kept = new ArrayList<String>();
    network.galaxy().pause(true);
    for (var i = 0; i < 10; i++) {
      kept.add(network.pay(alice, bob.id(), 3));
    }
    network.stopService();
    network.galaxy().forgetGossip();
    network.startService();
    network.galaxy().pause(false);

    kept.forEach(id -> network.awaitStatus(id, "FINAL"));
    assertThat(network.balance(bob.id())).isEqualTo("30");
  }

  @Test
  void catchesUpWithBlocksThatWereMadeWithoutIt() {
    var alice = network.fundedStar(100);
    var bob = network.openStar();
    var id = network.pay(alice, bob.id(), 3);
    network.stopService();
    var before = network.galaxy().state().height();
    Awaitility.await().until(() -> network.galaxy().state().height() > before + 5);
    network.startService();

    network.awaitStatus(id, "FINAL");
    Awaitility.await()
        .until(
            () -> {
              var answer = network.get("/api/stars/" + bob.id() + "/balances");
              assertThat(answer.code()).isIn("", "CATCHING_UP");
              return answer.status() == 200;
            });
    assertThat(network.balance(bob.id())).isEqualTo("3");
    Awaitility.await().until(() -> network.get("/actuator/health").text().contains("\"outbox\":0"));
  }

  @Test
  void keepsTheHomeRequestOfANewStar() {
    network.galaxy().pause(true);
    var alice = network.openStarWithoutHome();
    network.stopService();
    network.galaxy().forgetGossip();
    network.startService();
    network.galaxy().pause(false);

    network.awaitHome(alice.id());
  }

  @Test
  void answersUnavailableWhileTheDatabaseIsAwayAndGoesOnAfterwards() {
    var alice = network.fundedStar(100);
    var bob = network.openStar();
    var body = "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":2}".formatted(alice.id(), bob.id());
    cutOffDatabase(true);
    try {
      var answer = network.post("/api/transactions", body, alice.token(), "Idempotency-Key", "1");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("OVERLOADED");
      Awaitility.await()
          .until(() -> network.get("/actuator/health").text().contains("nothing can be stored"));
    } finally {
      cutOffDatabase(false);
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                network
                        .post("/api/transactions", body, alice.token(), "Idempotency-Key", "1")
                        .status()
                    == 202);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> network.balance(bob.id()).equals("2"));
    var chain = network.get("/api/stars/" + alice.id() + "/chain").expect(200).path("halfBlocks");
    assertThat(chain.size()).isEqualTo(2);
  }

  @Test
  void goesOnAfterManyFailuresWithNothingFromTheNetworkInBetween() {
    var alice = network.fundedStar(100);
    var bob = network.openStar();
    var body = "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":2}".formatted(alice.id(), bob.id());
    network.galaxy().pause(true);
    cutOffDatabase(true);
    try {
      for (var i = 0; i < 6; i++) {
        assertThat(network.post("/api/transactions", body, alice.token()).code())
            .isEqualTo("OVERLOADED");
      }
    } finally {
      cutOffDatabase(false);
      network.galaxy().pause(false);
    }

    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> network.post("/api/transactions", body, alice.token()).status() == 202);
  }

  /** Lets nobody in and throws out who is in; the server itself serves other tests, too. */
  private void cutOffDatabase(boolean away) {
    var name = network.database().name();
    var server =
        JdbcClient.create(new TestDatabase(network.database().port(), "postgres").dataSource());
    server.sql("ALTER DATABASE \"%s\" ALLOW_CONNECTIONS %s".formatted(name, !away)).update();
    if (away) {
      server
          .sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = ?")
          .param(name)
          .query()
          .listOfRows();
    }
  }
}
