package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.constellation.protocol.crypto.Hash;
import org.constellation.star.writer.StarWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What users do with custodial stars, from HTTP to the ledger and back. */
class PaymentsTest {

  private static RunningNetwork network;

  @BeforeAll
  static void start() {
    network = RunningNetwork.start(PaymentsTest.class);
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  @Test
  void makesAPaymentFinal() {
    var alice = network.fundedStar(100);
    var bob = network.openStar();

    var id = network.pay(alice, bob.id(), 30);
    var transaction = network.awaitStatus(id, "FINAL");

    assertThat(transaction.path("height").asLong()).isPositive();
    assertThat(network.get("/actuator/prometheus").text())
        .containsPattern(
            "constellation_transaction_duration_seconds_count\\{code=\"FINAL\"[^}]*} [1-9]");
    assertThat(network.balance(alice.id())).isEqualTo("70");
    assertThat(network.balance(bob.id())).isEqualTo("30");
    var chain = network.get("/api/stars/" + alice.id() + "/chain").expect(200).path("halfBlocks");
    assertThat(chain.size()).isEqualTo(2);
    assertThat(chain.get(0).path("sequence").asLong()).isEqualTo(1);
    assertThat(chain.get(1).path("id").asString()).isEqualTo(id);
    assertThat(chain.get(1).path("outcome").asString()).isEqualTo("HELD");
    assertThat(network.get("/api/stars/" + alice.id()).expect(200).path("open").size()).isZero();
  }

  @Test
  void showsWhatAnOpenRequestAsksForUntilItsPayerAgrees() {
    var alice = network.fundedStar(50);
    var bob = network.openStar();
    var id =
        network
            .post(
                "/api/transactions",
                "{\"type\":\"request\",\"from\":\"%s\",\"to\":\"%s\",\"amount\":\"20\"}"
                    .formatted(bob.id(), alice.id()),
                bob.token())
            .expect(202)
            .path("id")
            .asString();
    Awaitility.await()
        .untilAsserted(
            () -> {
              var open = network.get("/api/stars/" + alice.id()).expect(200).path("open");
              assertThat(open.size()).isEqualTo(1);
            });
    assertThat(network.get("/api/transactions/" + id).body().path("status").asString())
        .isEqualTo("PROPOSED");
    assertThat(network.post("/api/transactions/" + id + "/agree", "", bob.token()).code())
        .isEqualTo("NOT_ALLOWED");

    network.post("/api/transactions/" + id + "/agree", "", alice.token()).expect(202);

    network.awaitStatus(id, "FINAL");
    assertThat(network.balance(bob.id())).isEqualTo("20");
  }

  @Test
  void issuesExchangesAndRedeemsAnAsset() {
    var shop = network.fundedStar(10);
    var customer = network.fundedStar(10);
    var asset =
        network
            .post(
                "/api/stars/" + shop.id() + "/assets",
                "{\"symbol\":\"PTS\",\"name\":\"Points\",\"decimals\":2}",
                shop.token())
            .expect(202)
            .path("id")
            .asString();
    Awaitility.await()
        .until(
            () ->
                network
                    .post(
                        "/api/transactions",
                        "{\"type\":\"issue\",\"from\":\"%s\",\"to\":\"%s\",\"asset\":\"%s\",\"amount\":9}"
                            .formatted(shop.id(), customer.id(), asset),
                        shop.token(),
                        "Idempotency-Key",
                        "issue-1")
                    .status(),
            status -> status == 202);
    Awaitility.await()
        .until(
            () -> network.get("/api/stars/" + customer.id() + "/balances").text().contains(asset));

    var exchange =
        network
            .post(
                "/api/transactions",
                """
                {"type":"exchange","from":"%s","to":"%s","legs":[
                 {"direction":"GIVE","asset":"%s","amount":4},
                 {"direction":"TAKE","asset":"no0s","amount":3}]}
                """
                    .formatted(customer.id(), shop.id(), asset),
                customer.token())
            .expect(202)
            .path("id")
            .asString();
    Awaitility.await().until(() -> network.get("/api/transactions/" + exchange).status() == 200);
    network.post("/api/transactions/" + exchange + "/agree", "", shop.token()).expect(202);
    network.awaitStatus(exchange, "FINAL");
    assertThat(network.balance(customer.id())).isEqualTo("13");

    var redeemed =
        network
            .post(
                "/api/transactions",
                "{\"type\":\"redeem\",\"from\":\"%s\",\"asset\":\"%s\",\"amount\":5}"
                    .formatted(customer.id(), asset),
                customer.token())
            .expect(202)
            .path("id")
            .asString();
    network.awaitStatus(redeemed, "FINAL");
    assertThat(network.get("/api/stars/" + customer.id() + "/balances").text())
        .doesNotContain(asset);
  }

  @Test
  void refusesAndTakesBackProposals() {
    var alice = network.fundedStar(50);
    var bob = network.openStar();
    var request =
        "{\"type\":\"request\",\"from\":\"%s\",\"to\":\"%s\",\"amount\":5}"
            .formatted(bob.id(), alice.id());
    var refused = network.post("/api/transactions", request, bob.token()).expect(202);
    var id = refused.path("id").asString();
    Awaitility.await().until(() -> network.galaxy().state().hold(idOf(id)).isPresent());
    network.post("/api/transactions/" + id + "/refuse", "", alice.token()).expect(202);
    assertThat(network.awaitStatus(id, "REJECTED").path("reason").asString()).isEqualTo("REFUSED");

    var cancelled = network.post("/api/transactions", request, bob.token()).expect(202);
    var second = cancelled.path("id").asString();
    Awaitility.await().until(() -> network.galaxy().state().hold(idOf(second)).isPresent());
    network.post("/api/transactions/" + second + "/cancel", "", bob.token()).expect(202);
    assertThat(network.awaitStatus(second, "REJECTED").path("reason").asString())
        .isEqualTo("CANCELLED");
    assertThat(network.post("/api/transactions/" + second + "/agree", "", alice.token()).code())
        .isEqualTo("TRANSACTION_ENDED");
  }

  private static Hash idOf(String hex) {
    return Hash.fromHex(hex);
  }

  @Test
  void rejectsWhatThePayerCannotAfford() {
    var alice = network.fundedStar(5);
    var bob = network.openStar();
    var id = network.pay(alice, bob.id(), 6);

    assertThat(network.awaitStatus(id, "REJECTED").path("reason").asString())
        .isEqualTo("INSUFFICIENT_FUNDS");
  }

  @Test
  void answersARepeatedIdempotencyKeyWithTheSameTransaction() {
    var alice = network.fundedStar(50);
    var bob = network.openStar();
    var body = "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":7}".formatted(alice.id(), bob.id());
    var first = network.post("/api/transactions", body, alice.token(), "Idempotency-Key", "k1");
    var again = network.post("/api/transactions", body, alice.token(), "Idempotency-Key", "k1");
    assertThat(again.expect(202).path("id")).isEqualTo(first.expect(202).path("id"));

    network.awaitStatus(first.body().path("id").asString(), "FINAL");
    network.stopService();
    network.startService();
    Awaitility.await()
        .ignoreExceptions()
        .until(
            () ->
                network
                    .post("/api/transactions", body, alice.token(), "Idempotency-Key", "k1")
                    .expect(202)
                    .path("id")
                    .equals(first.body().path("id")));
    assertThat(network.balance(bob.id())).isEqualTo("7");

    var other = "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":8}".formatted(alice.id(), bob.id());
    assertThat(
            network.post("/api/transactions", other, alice.token(), "Idempotency-Key", "k1").code())
        .isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void promisesWhatAClusterCertifiedAndNoMore() {
    var alice = network.fundedStar(50);
    var bob = network.openStar();
    network.galaxy().onlyPromise(true);
    try {
      var id = network.pay(alice, bob.id(), 7);
      network.awaitStatus(id, "CERTIFIED");
      assertThat(network.balance(bob.id())).isEqualTo("0");
      network.galaxy().onlyPromise(false);
      network.awaitStatus(id, "FINAL");
    } finally {
      network.galaxy().onlyPromise(false);
    }
  }

  @Test
  void putsABurstUnderFewSignaturesAndMakesAllOfItFinal() throws Exception {
    var alice = network.fundedStar(1_000);
    var bob = network.openStar();
    var ids = new ArrayList<String>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<String>>();
      for (var i = 0; i < 40; i++) {
        answers.add(callers.submit(() -> network.pay(alice, bob.id(), 2)));
      }
      for (var answer : answers) {
        ids.add(answer.get());
      }
    }
    ids.forEach(id -> network.awaitStatus(id, "FINAL"));
    assertThat(network.balance(bob.id())).isEqualTo("80");
  }

  @Test
  void signsWithTheNewKeyAfterAKeyChange() {
    var alice = network.fundedStar(20);
    var bob = network.openStar();
    network.post("/api/stars/" + alice.id() + "/key-changes", "", alice.token()).expect(202);
    network.awaitStatus(network.pay(alice, bob.id(), 3), "FINAL");

    network.stopService();
    network.startService();
    Awaitility.await()
        .ignoreExceptions()
        .until(() -> network.pay(alice, bob.id(), 4), id -> !id.isEmpty());
    Awaitility.await().until(() -> network.balance(bob.id()).equals("7"));
  }

  @Test
  void tellsListenersEveryStageAndResumesWhereTheyStopped() throws Exception {
    var alice = network.fundedStar(50);
    var bob = network.openStar();
    var id = network.pay(alice, bob.id(), 1);
    network.awaitStatus(id, "FINAL");

    var events = events("/api/transactions/" + id + "/events");
    assertThat(events.getLast()).contains("FINAL");
    var last = network.get("/api/transactions/" + id).body();
    assertThat(last.path("status").asString()).isEqualTo("FINAL");

    var feed = new ArrayList<String>();
    var request =
        network
            .request("/api/stars/" + bob.id() + "/events")
            .header("Last-Event-ID", "0")
            .GET()
            .build();
    var response = network.http().send(request, HttpResponse.BodyHandlers.ofLines());
    try (var lines = response.body()) {
      for (var line : (Iterable<String>) lines::iterator) {
        feed.add(line);
        if (line.startsWith("data:") && line.contains(id)) {
          break;
        }
      }
    }
    assertThat(feed).anyMatch(line -> line.startsWith("id:"));
  }

  @Test
  void tellsEachStatusOnceAlsoToWhoComesBack() throws Exception {
    var alice = network.fundedStar(50);
    var bob = network.openStar();
    var request =
        "{\"type\":\"request\",\"from\":\"%s\",\"to\":\"%s\",\"amount\":5}"
            .formatted(bob.id(), alice.id());
    network.galaxy().pause(true);
    var id =
        network.post("/api/transactions", request, bob.token()).expect(202).path("id").asString();
    try (var early = stream(id, "0")) {
      var first = early.iterator();
      var seen = next(first, "id:");
      network.galaxy().pause(false);
      // The galaxy's word about the proposal alone is stored, and changes nothing to read.
      Awaitility.await().until(() -> network.galaxy().state().hold(idOf(id)).isPresent());
      var held = network.galaxy().state().height();
      Awaitility.await().until(() -> network.bean(StarWriter.class).height() >= held);
      try (var late = stream(id, seen)) {
        var second = late.iterator();
        network.post("/api/transactions/" + id + "/agree", "", alice.token()).expect(202);

        assertThat(statuses(first))
            .startsWith("PROPOSED", "AGREED")
            .endsWith("FINAL")
            .doesNotHaveDuplicates();
        assertThat(statuses(second))
            .doesNotContain("PROPOSED")
            .endsWith("FINAL")
            .doesNotHaveDuplicates();
      }
    } finally {
      network.galaxy().pause(false);
    }
  }

  private static Stream<String> stream(String transaction, String seen) throws Exception {
    var request =
        network
            .request("/api/transactions/" + transaction + "/events")
            .header("Last-Event-ID", seen)
            .GET()
            .build();
    return network.http().send(request, HttpResponse.BodyHandlers.ofLines()).body();
  }

  /** What follows after {@code prefix} in the next line that begins with it. */
  private static String next(Iterator<String> lines, String prefix) {
    while (lines.hasNext()) {
      var line = lines.next();
      if (line.startsWith(prefix)) {
        return line.substring(prefix.length());
      }
    }
    return "";
  }

  /** Until the service ends the stream. */
  private static List<String> statuses(Iterator<String> lines) {
    var statuses = new ArrayList<String>();
    for (var data = next(lines, "data:"); !data.isEmpty(); data = next(lines, "data:")) {
      statuses.add(data.replaceAll(".*\"status\":\"([A-Z]+)\".*", "$1"));
    }
    return statuses;
  }

  /** All lines of a stream that the service ends. */
  private static List<String> events(String path) throws Exception {
    var request = network.request(path).GET();
    var response = network.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
    return response.body().lines().filter(line -> line.startsWith("data:")).toList();
  }
}
