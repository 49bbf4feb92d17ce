package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.constellation.local.client.ApiKey;
import org.constellation.local.client.LoginKeys;
import org.constellation.platform.security.Login;
import org.constellation.protocol.block.Genesis;
import org.constellation.star.RunningNetwork.Star;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A service that keeps keys only for whoever is logged in. */
class LoginsTest {

  private static final ApiKey TILL = ApiKey.make();

  private static RunningNetwork network;

  @BeforeAll
  static void start() {
    network =
        RunningNetwork.start(
            LoginsTest.class,
            Genesis.Parameters.DEFAULT,
            "--constellation.security.open-custody=false",
            "--constellation.login.api-keys.till.hash=" + TILL.hash(),
            "--constellation.login.api-keys.till.scopes=" + Login.CUSTODY);
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  private static String token(String subject, String scope) throws IOException {
    return LoginKeys.in(network.directory()).sign(subject, List.of(scope), Duration.ofMinutes(5));
  }

  private static String body(Star from, String to, long amount) {
    return "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":%d}".formatted(from.id(), to, amount);
  }

  @Test
  void aStarBelongsToTheLoginThatOpenedIt() throws Exception {
    var olga = token("olga", Login.CUSTODY);
    var opened = network.post("/api/stars", "{}", olga).expect(201);
    assertThat(opened.has("token")).isFalse();
    var star = new Star(opened.path("star").asString(), olga);
    network.awaitHome(star.id());
    network.awaitStatus(network.pay(network.treasury(), star.id(), 100), "FINAL");

    var payment = body(star, network.treasury().id(), 1);
    for (var other :
        List.of(
            token("pavel", Login.CUSTODY),
            token("olga", Login.OPERATOR),
            network.operatorToken())) {
      var refused = network.post("/api/transactions", payment, other);
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.code()).isEqualTo("NOT_ALLOWED");
    }
    // Another token of the same login is as good as the first.
    var again = new Star(star.id(), token("olga", Login.CUSTODY));
    network.awaitStatus(network.pay(again, network.treasury().id(), 7), "FINAL");
    assertThat(network.balance(star.id())).isEqualTo("93");
  }

  @Test
  void aMachineHasAKeyKeptByTheKeyThatTheCommandMakes() {
    network.post("/api/stars", "{}", TILL.text()).expect(201);
    assertThat(network.post("/api/stars", "{}", ApiKey.make().text()).code())
        .isEqualTo("NOT_AUTHENTICATED");
  }

  @Test
  void nobodyElseHasAKeyKept() throws Exception {
    var anonymous = network.post("/api/stars", "{}", null);
    assertThat(anonymous.status()).isEqualTo(401);
    assertThat(anonymous.code()).isEqualTo("NOT_AUTHENTICATED");
    var scopeless = network.post("/api/stars", "{}", token("olga", "other"));
    assertThat(scopeless.status()).isEqualTo(403);
    assertThat(scopeless.code()).isEqualTo("NOT_ALLOWED");
  }

  @Test
  void onlyOperatorsListStars() throws Exception {
    network.getAs("/api/stars", token("olga", Login.OPERATOR)).expect(200);
    network.getAs("/api/stars", network.operatorToken()).expect(200);
    assertThat(network.getAs("/api/stars", token("olga", Login.CUSTODY)).code())
        .isEqualTo("NOT_ALLOWED");
    assertThat(network.get("/api/stars?after=" + network.treasury().id()).code())
        .isEqualTo("NOT_AUTHENTICATED");
  }
}
