package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.constellation.platform.security.BearerToken;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.star.StarId;
import org.constellation.star.RunningNetwork.Star;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people send who want somebody else's money, or his name. */
class AttacksTest {

  private static RunningNetwork network;
  private static Star victim;

  @BeforeAll
  static void start() {
    network = RunningNetwork.start(AttacksTest.class);
    victim = network.fundedStar(1_000);
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  private static String anybodysToken() {
    return BearerToken.issue(new SecureRandom()).reveal();
  }

  private static long accounts() {
    return JdbcClient.create(network.database().dataSource())
        .sql("select count(*) from star.account")
        .query(Long.class)
        .single();
  }

  /** In every place that takes text: an address, a field, a header. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "' or '1'='1",
        "x'; drop table star.account; --",
        "\\\"; select pg_sleep(60); --",
        "${jndi:ldap://127.0.0.1/x}",
        "#{T(java.lang.Runtime).getRuntime().exec('true')}",
        "<script>alert(1)</script>"
      })
  void takesTextForTextEverywhere(String text) throws Exception {
    var before = accounts();
    var json = text.replace("\"", "'").replace("\\", "");
    var address = URLEncoder.encode(text, StandardCharsets.UTF_8);

    assertThat(network.get("/api/stars/" + address).status()).isBetween(400, 404);
    assertThat(network.get("/api/transactions/" + address).status()).isBetween(400, 404);
    assertThat(network.getAs("/api/stars?after=" + address, network.operatorToken()).status())
        .isEqualTo(400);
    assertThat(network.post("/api/transactions", payment(json, victim.id()), victim.token()).code())
        .isEqualTo("MALFORMED_STAR");
    var memo =
        "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1,\"memo\":\"%s\"}"
            .formatted(victim.id(), network.treasury().id(), json);
    var paid = network.post("/api/transactions", memo, victim.token(), "Idempotency-Key", json);
    assertThat(paid.text()).doesNotContain(json);
    assertThat(accounts()).isEqualTo(before);
  }

  private static String payment(String from, String to) {
    return "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}".formatted(from, to);
  }

  /** Fields that exist inside, or in answers, and that nobody may send. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"status\":\"FINAL\"",
        "\"id\":\"00\"",
        "\"sequence\":1",
        "\"tokenHash\":\"00\"",
        "\"custody\":\"OWNER\"",
        "\"homed\":true",
        "\"class\":{\"module\":{}}",
        "\"@class\":\"java.lang.Object\""
      })
  void takesNoFieldThatIsNotAskedFor(String field) {
    var star = network.post("/api/stars", "{" + field + "}", null);
    assertThat(star.code()).isEqualTo("UNREADABLE_BODY");
    var payment = payment(victim.id(), network.treasury().id()).replace("}", "," + field + "}");
    assertThat(network.post("/api/transactions", payment, victim.token()).code())
        .isEqualTo("UNREADABLE_BODY");
  }

  @Test
  void letsNobodyListStarsAndTellsNothingOfTokens() {
    assertThat(network.get("/api/stars").code()).isEqualTo("NOT_AUTHENTICATED");
    assertThat(network.getAs("/api/stars", victim.token()).code()).isEqualTo("NOT_ALLOWED");
    assertThat(network.getAs("/api/stars/outbox", victim.token()).code()).isEqualTo("NOT_ALLOWED");
    var page = network.get("/api/stars/" + victim.id()).expect(200).toString();
    assertThat(page).doesNotContain("token").doesNotContain("sealed");

    var near = victim.token().substring(0, victim.token().length() - 1);
    var wrong = network.post("/api/transactions", payment(victim.id(), other()), near + "_");
    var other = network.post("/api/transactions", payment(victim.id(), other()), anybodysToken());
    assertThat(wrong.code()).isEqualTo("NOT_ALLOWED");
    assertThat(wrong.text()).isEqualTo(other.text());
  }

  private static String other() {
    return network.treasury().id();
  }

  /** A token that was overheard acts as its owner until the key has moved elsewhere. */
  @Test
  void repeatsNothingThatWasSentBefore() {
    var body = payment(victim.id(), other());
    var first = network.post("/api/transactions", body, victim.token(), "Idempotency-Key", "once");
    var again = network.post("/api/transactions", body, victim.token(), "Idempotency-Key", "once");
    assertThat(again.expect(202).path("id")).isEqualTo(first.expect(202).path("id"));
    var changed = body.replace("\"amount\":1", "\"amount\":2");
    assertThat(
            network
                .post("/api/transactions", changed, victim.token(), "Idempotency-Key", "once")
                .code())
        .isEqualTo("IDEMPOTENCY_KEY_REUSED");
    // The same key of another star's holder is another key.
    var thief = network.openStar();
    assertThat(
            network
                .post("/api/transactions", body, thief.token(), "Idempotency-Key", "once")
                .code())
        .isEqualTo("NOT_ALLOWED");
  }

  /** Who signs his own segments needs no token, and nobody else's does any good. */
  @Test
  void takesNoSegmentWithoutItsOwnersSignature() {
    var key = Ed25519.best().generate(new SecureRandom());
    var star = network.openOwned(key);
    var prepared =
        network
            .post("/api/transactions/prepare", payment(star.toString(), other()), null)
            .expect(200);
    var thief = Ed25519.best().generate(new SecureRandom());
    var message = Base64.getDecoder().decode(prepared.path("signingBytes").asString());
    var segment =
        "{\"halfBlocks\":[\"%s\"],\"signature\":\"%s\"}"
            .formatted(
                prepared.path("halfBlock").asString(),
                Base64.getEncoder().encodeToString(thief.sign(message).toBytes()));

    assertThat(network.post("/api/segments", segment, victim.token()).code())
        .isEqualTo("BAD_SIGNATURE");
    assertThat(new StarId(thief.publicKey())).isNotEqualTo(star);
    assertThat(HexFormat.of().formatHex(message)).hasSize(64);
  }
}
