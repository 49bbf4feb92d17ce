package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.star.writer.StarWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What a star is told of its money on hold and of its open transactions, whoever disturbs. */
class OpenTransactionsTest {

  /** More than a star's answer shows. */
  private static final int REQUESTS = 300;

  private static final Genesis.Parameters MANY_HOLDS =
      new Genesis.Parameters(1_000, 8, 10_000, 10_000, REQUESTS, 64, 1_000, 64);

  private static RunningNetwork network;

  /** Its owner signs, so nobody agrees in its name. */
  private static String silent;

  @BeforeAll
  static void start() {
    network = RunningNetwork.start(OpenTransactionsTest.class, MANY_HOLDS);
    silent = network.openOwned(Ed25519.best().generate(new SecureRandom())).toString();
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  @Test
  void strangersHideNeitherMoneyNorOwnProposals() {
    var alice = network.fundedStar(100);
    var stranger = network.openStar();
    for (var request = 0; request < REQUESTS; request++) {
      request(stranger, alice.id());
    }
    var own = network.pay(alice, silent, 33);
    awaitHeld(own);

    var answer = star(alice);

    assertThat(amounts(answer.path("balances"))).containsExactly("67 no0s");
    assertThat(amounts(answer.path("holds"))).containsExactly("33 no0s");
    var shown = ids(answer.path("open"));
    assertThat(shown).hasSize(256).startsWith(own);
    var after = answer.path("next").asString();
    var rest = network.get("/api/stars/" + alice.id() + "/open?after=" + after).expect(200);
    assertThat(rest.has("next")).isFalse();
    shown.addAll(ids(rest.path("transactions")));
    assertThat(shown).hasSize(REQUESTS + 1).doesNotHaveDuplicates();
    assertThat(ids(star(stranger).path("open"))).hasSize(256);
    assertThat(pages(stranger, 77)).hasSize(REQUESTS).doesNotHaveDuplicates();
    assertThat(pages(alice, 100)).containsExactlyElementsOf(shown);
  }

  @Test
  void addsUpWhatIsOnHoldByAsset() {
    var alice = network.fundedStar(100);
    network.pay(alice, silent, 33);
    var last = network.pay(alice, silent, 7);
    awaitHeld(last);
    var answer = star(alice);
    assertThat(amounts(answer.path("balances"))).containsExactly("60 no0s");
    assertThat(amounts(answer.path("holds"))).containsExactly("40 no0s");

    network.post("/api/transactions/" + last + "/cancel", "", alice.token()).expect(202);

    network.awaitStatus(last, "REJECTED");
    answer = star(alice);
    assertThat(amounts(answer.path("balances"))).containsExactly("67 no0s");
    assertThat(amounts(answer.path("holds"))).containsExactly("33 no0s");
  }

  /** It never was in a balance. */
  @Test
  void doesNotCountWhatAnIssuerIsAboutToIssue() {
    var shop = network.fundedStar(10);
    var points =
        network
            .post(
                "/api/stars/" + shop.id() + "/assets",
                "{\"symbol\":\"PTS\",\"name\":\"Points\"}",
                shop.token())
            .expect(202)
            .path("id")
            .asString();
    Awaitility.await()
        .until(() -> network.galaxy().state().asset(new AssetId(Hash.fromHex(points))).isPresent());
    Awaitility.await().until(() -> issue(shop, points).status() == 202);
    awaitHeld(issue(shop, points).expect(202).path("id").asString());

    assertThat(amounts(star(shop).path("holds"))).isEmpty();
  }

  @Test
  void findsWhatIsOnHoldForProposalsThatItHasNotHeardOf() {
    var alice = network.fundedStar(100);
    var held = network.pay(alice, silent, 33);
    awaitHeld(held);

    // As if the star had proposed it before it had an account here.
    network
        .bean(JdbcClient.class)
        .sql("DELETE FROM transaction WHERE id = ?")
        .param(Hash.fromHex(held).toBytes())
        .update();

    assertThat(ids(star(alice).path("open"))).isEmpty();
    assertThat(amounts(star(alice).path("holds"))).containsExactly("33 no0s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"after=x", "after=own-", "after=own-1x", "after=12", "after="})
  void takesNothingElseForAPlaceInTheList(String query) {
    var path = "/api/stars/" + network.treasury().id() + "/open?";

    assertThat(network.get(path + query).code()).isEqualTo("MALFORMED_ID");
    assertThat(network.get(path + "limit=501").code()).isEqualTo("INVALID_REQUEST");
    assertThat(network.get("/api/stars/" + silent + "/open?after=other-0").status()).isEqualTo(200);
  }

  private static JsonNode star(RunningNetwork.Star star) {
    return network.get("/api/stars/" + star.id()).expect(200);
  }

  private static RunningNetwork.Answer issue(RunningNetwork.Star issuer, String asset) {
    return network.post(
        "/api/transactions",
        "{\"type\":\"issue\",\"from\":\"%s\",\"to\":\"%s\",\"asset\":\"%s\",\"amount\":5}"
            .formatted(issuer.id(), silent, asset),
        issuer.token(),
        "Idempotency-Key",
        "issue");
  }

  private static void request(RunningNetwork.Star from, String to) {
    network
        .post(
            "/api/transactions",
            "{\"type\":\"request\",\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}"
                .formatted(from.id(), to),
            from.token())
        .expect(202);
  }

  /** In a block that the service has executed and stored. */
  private static void awaitHeld(String transaction) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> network.galaxy().state().hold(Hash.fromHex(transaction)).isPresent());
    var height = network.galaxy().state().height();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> network.bean(StarWriter.class).height() >= height);
  }

  private static List<String> amounts(JsonNode amounts) {
    return amounts
        .valueStream()
        .map(one -> one.path("amount").asString() + " " + one.path("symbol").asString())
        .toList();
  }

  private static List<String> ids(JsonNode transactions) {
    var ids = new ArrayList<String>();
    transactions.forEach(one -> ids.add(one.path("id").asString()));
    return ids;
  }

  private static List<String> pages(RunningNetwork.Star star, int limit) {
    var ids = new ArrayList<String>();
    var path = "/api/stars/" + star.id() + "/open?limit=" + limit;
    var page = network.get(path).expect(200);
    while (page.has("next")) {
      assertThat(page.path("transactions").size()).isEqualTo(limit);
      ids.addAll(ids(page.path("transactions")));
      page = network.get(path + "&after=" + page.path("next").asString()).expect(200);
    }
    ids.addAll(ids(page.path("transactions")));
    return ids;
  }
}
