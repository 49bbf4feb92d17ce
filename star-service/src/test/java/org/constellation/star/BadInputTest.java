package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.star.StarId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong gets a problem with a stable code, and changes nothing. */
class BadInputTest {

  private static final Genesis.Parameters FEW_HOLDS =
      new Genesis.Parameters(1_000, 8, 10_000, 10_000, 2, 64, 1_000, 64);

  private static RunningNetwork network;
  private static RunningNetwork.Star alice;
  private static RunningNetwork.Star bob;

  @BeforeAll
  static void start() {
    network = RunningNetwork.start(BadInputTest.class, FEW_HOLDS);
    alice = network.fundedStar(1_000);
    bob = network.openStar();
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  private static RunningNetwork.Answer pay(String amount) {
    return network.post(
        "/api/transactions",
        "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":%s}".formatted(alice.id(), bob.id(), amount),
        alice.token());
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 400, AMOUNT_NOT_POSITIVE",
    "0, 400, AMOUNT_NOT_POSITIVE",
    "'\"-5\"', 400, AMOUNT_NOT_POSITIVE",
    "9223372036854775808, 400, AMOUNT_TOO_LARGE",
    "'\"99999999999999999999999\"', 400, AMOUNT_TOO_LARGE",
    "1.5, 400, MALFORMED_AMOUNT",
    "1e3, 400, MALFORMED_AMOUNT",
    "'\"1e3\"', 400, MALFORMED_AMOUNT",
    "null, 400, MALFORMED_AMOUNT",
    "true, 400, MALFORMED_AMOUNT"
  })
  void refusesAmountsThatAreNone(String amount, int status, String code) {
    var answer = pay(amount);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[1,2",
        "",
        "\"text\"",
        "{\"from\":{}}",
        "{\"aset\":\"no0s\"}",
        "{\"amount\":1,\"amount\":2}",
        "{\"legs\":[{\"ammount\":1}]}"
      })
  void refusesBodiesThatAreNoJsonOfTheExpectedShape(String body) {
    var answer = network.post("/api/transactions", body, alice.token());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("UNREADABLE_BODY");
  }

  @Test
  void refusesUnknownAndMistypedStars() {
    var stranger = "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}";
    var unknown = StarId.of(new byte[StarId.LENGTH]).toString();
    assertThat(
            network
                .post("/api/transactions", stranger.formatted(unknown, bob.id()), alice.token())
                .code())
        .isEqualTo("UNKNOWN_STAR");
    assertThat(
            network
                .post("/api/transactions", stranger.formatted(alice.id(), unknown), alice.token())
                .code())
        .isEqualTo("COUNTERPARTY_WITHOUT_HOME");
    var typo =
        bob.id().substring(0, 20)
            + (bob.id().charAt(20) == 'q' ? 'p' : 'q')
            + bob.id().substring(21);
    assertThat(
            network
                .post("/api/transactions", stranger.formatted(alice.id(), typo), alice.token())
                .code())
        .isEqualTo("MALFORMED_STAR");
    assertThat(network.get("/api/stars/" + unknown).code()).isEqualTo("UNKNOWN_STAR");
    assertThat(network.get("/api/stars/x").code()).isEqualTo("MALFORMED_STAR");
    assertThat(network.get("/api/transactions/" + "00".repeat(32)).code())
        .isEqualTo("UNKNOWN_TRANSACTION");
    assertThat(
            network
                .post(
                    "/api/transactions", stranger.formatted(alice.id(), alice.id()), alice.token())
                .code())
        .isEqualTo("SAME_STAR");
  }

  @Test
  void refusesWhatIsNoKindOfTransaction() {
    var body =
        "{\"type\":\"steal\",\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}"
            .formatted(alice.id(), bob.id());
    var answer = network.post("/api/transactions", body, alice.token());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("UNKNOWN_TYPE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exchange |"
            + " `legs`:[{`direction`:`GIVE`,`amount`:1},{`direction`:`TAKE`,`asset`:`no0s`,`amount`:1}]"
            + " | SAME_ASSET",
        "exchange | `legs`:[{`direction`:`GIVE`,`amount`:1}] | MALFORMED_LEGS",
        "exchange | `amount`:1 | MALFORMED_LEGS",
        "pay | `legs`:[{`direction`:`GIVE`,`amount`:MAX},{`direction`:`GIVE`,`amount`:1}] |"
            + " AMOUNT_TOO_LARGE",
        "pay |"
            + " `legs`:[{`direction`:`TAKE`,`amount`:MAX},{`direction`:`TAKE`,`amount`:MAX},{`direction`:`TAKE`,`amount`:MAX}]"
            + " | AMOUNT_TOO_LARGE",
        "pay | `legs`:[{`direction`:`GIVE`,`amount`:1}],`amount`:1 | MALFORMED_LEGS",
        "pay | `legs`:[{`direction`:`GIVE`,`amount`:1}],`asset`:`no0s` | MALFORMED_LEGS",
        "issue | `legs`:[{`direction`:`GIVE`,`amount`:1}] | MALFORMED_LEGS",
        "redeem | `legs`:[{`direction`:`GIVE`,`amount`:1}] | MALFORMED_LEGS",
        "redeem | `amount`:1 | NOT_ISSUER"
      })
  void refusesWhatDoesNotFitItsTypeOrCanNeverBeFinal(String type, String rest, String code) {
    var body =
        "{`type`:`%s`,`from`:`%s`,`to`:`%s`,%s}"
            .formatted(type, alice.id(), bob.id(), rest)
            .replace('`', '"')
            .replace("MAX", Long.toString(Long.MAX_VALUE));
    var answer = network.post("/api/transactions", body, alice.token());
    assertThat(answer.code()).as(answer.text()).isEqualTo(code);
    assertThat(answer.status()).isEqualTo(code.equals("NOT_ISSUER") ? 403 : 400);
  }

  @Test
  void takesLegsWhoseSumsFitOneByOne() {
    var legs = "{\"direction\":\"%s\",\"amount\":9223372036854775807}";
    var body =
        "{\"from\":\"%s\",\"to\":\"%s\",\"legs\":[%s,%s]}"
            .formatted(alice.id(), bob.id(), legs.formatted("GIVE"), legs.formatted("TAKE"));
    var accepted = network.post("/api/transactions", body, alice.token()).expect(202);
    var ended = network.awaitStatus(accepted.path("id").asString(), "REJECTED");
    assertThat(ended.path("reason").asString()).isEqualTo("INSUFFICIENT_FUNDS");
  }

  @Test
  void opensNoStreamForItsHeadAlone() throws Exception {
    var head =
        network
            .request("/api/stars/" + alice.id() + "/events")
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    var answer = network.http().send(head, HttpResponse.BodyHandlers.discarding());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("GET");
  }

  /** Or whoever makes one up for each request would never meet the limit of those who have none. */
  @Test
  void aCredentialThatNobodyKnowsOpensNothing() throws Exception {
    for (var credential : List.of("rubbish", bob.token(), network.operatorToken())) {
      var opened = network.post("/api/stars", "{}", credential);
      assertThat(opened.status()).isEqualTo(401);
      assertThat(opened.code()).isEqualTo("NOT_AUTHENTICATED");
    }
  }

  @Test
  void refusesMissingAndWrongTokens() {
    var body = "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}".formatted(alice.id(), bob.id());
    var missing = network.post("/api/transactions", body, null);
    assertThat(missing.status()).isEqualTo(401);
    assertThat(missing.code()).isEqualTo("NOT_AUTHENTICATED");
    assertThat(network.post("/api/transactions", body, "nonsense").status()).isEqualTo(401);
    var wrong = network.post("/api/transactions", body, bob.token());
    assertThat(wrong.status()).isEqualTo(403);
    assertThat(wrong.code()).isEqualTo("NOT_ALLOWED");
    assertThat(network.get("/api/stars").status()).isEqualTo(401);
    assertThat(network.getAs("/api/stars", bob.token()).status()).isEqualTo(403);
    assertThat(network.getAs("/api/stars/outbox", network.operatorToken()).status()).isEqualTo(200);
    assertThat(network.getAs("/api/stars?limit=1", network.operatorToken()).text())
        .contains("next");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/stars?limit=0",
        "/api/stars?limit=501",
        "/api/stars/%s/chain?limit=0",
        "/api/stars/%s/chain?limit=501",
        "/api/stars/%s/chain?from=0"
      })
  void refusesPagesThatNobodyHandsOut(String path) {
    var answer = network.getAs(path.formatted(alice.id()), network.operatorToken());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("INVALID_REQUEST");
  }

  @Test
  void refusesBodiesThatAreTooLarge() {
    var tenMegabytes = "{\"memo\":\"" + "a".repeat(10 * 1024 * 1024) + "\"}";
    var answer = network.post("/api/transactions", tenMegabytes, alice.token());
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.code()).isEqualTo("BODY_TOO_LARGE");
    assertThat(
            network
                .post(
                    "/api/transactions",
                    "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1,\"memo\":\"%s\"}"
                        .formatted(alice.id(), bob.id(), "ü".repeat(200)),
                    alice.token())
                .code())
        .isEqualTo("TOO_LONG");
  }

  @Test
  void refusesTextsThatAreNone() {
    for (var memo : List.of("\\ud800", "a\\u0000b", "a\\nb", "a\\u202eb")) {
      var body =
          "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1,\"memo\":\"%s\"}"
              .formatted(alice.id(), bob.id(), memo);
      var answer = network.post("/api/transactions", body, alice.token());
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("MALFORMED_TEXT");
      assertThat(
              network
                  .post(
                      "/api/stars/" + alice.id() + "/assets",
                      "{\"symbol\":\"A\",\"name\":\"%s\"}".formatted(memo),
                      alice.token())
                  .code())
          .isIn("MALFORMED_ASSET", "MALFORMED_TEXT");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"symbol\":\"A\",\"name\":\"a\",\"decimals\":1.9}",
        "{\"symbol\":\"A\",\"name\":\"a\",\"decimals\":\"1\"}",
        "{\"symbol\":\"A\",\"name\":\"a\",\"decimals\":true}"
      })
  void takesNoOtherNumberThanTheOneThatStandsThere(String body) {
    var answer = network.post("/api/stars/" + alice.id() + "/assets", body, alice.token());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("UNREADABLE_BODY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no0s", "NO0S"})
  void letsNobodyNameAnAssetLikeTheNetworksToken(String symbol) {
    var body = "{\"symbol\":\"%s\",\"name\":\"a\"}".formatted(symbol);
    var answer = network.post("/api/stars/" + alice.id() + "/assets", body, alice.token());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo("MALFORMED_ASSET");
  }

  @Test
  void opensNoStarForWhoMeantToBringAKey() {
    for (var body : List.of("{\"join\":\"AAAA\"}", "{\"signature\":\"AAAA\"}")) {
      assertThat(network.post("/api/stars", body, null).status()).isEqualTo(400);
    }
  }

  @Test
  void refusesStarsWithoutAHome() {
    network.galaxy().pause(true);
    try {
      var carol = network.openStarWithoutHome();
      assertThat(
              network
                  .post(
                      "/api/transactions",
                      "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}"
                          .formatted(carol.id(), bob.id()),
                      carol.token())
                  .code())
          .isEqualTo("STAR_WITHOUT_HOME");
      assertThat(
              network
                  .post(
                      "/api/transactions",
                      "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}"
                          .formatted(alice.id(), carol.id()),
                      alice.token())
                  .code())
          .isEqualTo("COUNTERPARTY_WITHOUT_HOME");
    } finally {
      network.galaxy().pause(false);
    }
  }

  @Test
  void refusesMoreOpenProposalsThanTheNetworkAllows() {
    var dora = network.fundedStar(100);
    network.galaxy().pause(true);
    try {
      for (var i = 0; i < FEW_HOLDS.openHoldsMax(); i++) {
        network.pay(dora, bob.id(), 1);
      }
      var third =
          network.post(
              "/api/transactions",
              "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}".formatted(dora.id(), bob.id()),
              dora.token());
      assertThat(third.status()).isEqualTo(429);
      assertThat(third.code()).isEqualTo("TOO_MANY_OPEN");
    } finally {
      network.galaxy().pause(false);
    }
  }

  @Test
  void letsProposalsExpireAndThenRefusesToAgree() {
    var erin = network.fundedStar(10);
    var request =
        network
            .post(
                "/api/transactions",
                "{\"type\":\"request\",\"from\":\"%s\",\"to\":\"%s\",\"amount\":1,\"validForTicks\":1}"
                    .formatted(bob.id(), erin.id()),
                bob.token())
            .expect(202)
            .path("id")
            .asString();

    assertThat(network.awaitStatus(request, "EXPIRED").path("reason").asString())
        .isIn("EXPIRED", "PROPOSAL_EXPIRED");
    assertThat(network.post("/api/transactions/" + request + "/agree", "", erin.token()).code())
        .isEqualTo("TRANSACTION_ENDED");
    for (var ticks : new String[] {"0", "-1", "10001", "1.5", "\"x\""}) {
      assertThat(
              network
                  .post(
                      "/api/transactions",
                      "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1,\"validForTicks\":%s}"
                          .formatted(alice.id(), bob.id(), ticks),
                      alice.token())
                  .code())
          .isEqualTo("VALIDITY_OUT_OF_RANGE");
    }
  }

  @Test
  void answersUnknownAddressesAndMethodsInTheSameFormat() {
    assertThat(network.get("/api/nothing").code()).isEqualTo("UNKNOWN_ADDRESS");
    assertThat(network.get("/api/transactions").code()).isEqualTo("WRONG_METHOD");
    assertThat(
            network
                .post(
                    "/api/transactions",
                    "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}".formatted(alice.id(), bob.id()),
                    alice.token(),
                    "Idempotency-Key",
                    "a b")
                .code())
        .isEqualTo("MALFORMED_IDEMPOTENCY_KEY");
  }
}
