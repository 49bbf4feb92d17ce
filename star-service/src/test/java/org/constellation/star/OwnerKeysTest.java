package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.ChainCodec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Users who bring their own key: they sign the very bytes that the service showed them. */
class OwnerKeysTest {

  private static RunningNetwork network;
  private static RunningNetwork.Star shop;

  @BeforeAll
  static void start() {
    network = RunningNetwork.start(OwnerKeysTest.class);
    shop = network.openStar();
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  private static SigningKey openOwned(long amount) {
    var key = Ed25519.best().generate(new SecureRandom());
    network.openOwned(key);
    network.awaitStatus(proposeTo(star(key), amount), "PROPOSED");
    return key;
  }

  private static String proposeTo(String star, long amount) {
    return network.pay(network.treasury(), star, amount);
  }

  private static String star(SigningKey key) {
    return new StarId(key.publicKey()).toString();
  }

  private static String sign(SigningKey key, JsonNode prepared) {
    var message = Base64.getDecoder().decode(prepared.path("signingBytes").asString());
    return Base64.getEncoder().encodeToString(key.sign(message).toBytes());
  }

  private static JsonNode prepare(String json) {
    return network.post("/api/transactions/prepare", json, null).expect(200);
  }

  private static RunningNetwork.Answer submit(SigningKey key, JsonNode prepared) {
    return submit(prepared.path("halfBlock").asString(), sign(key, prepared));
  }

  private static RunningNetwork.Answer submit(String halfBlock, String signature) {
    return network.post(
        "/api/segments",
        "{\"halfBlocks\":[\"%s\"],\"signature\":\"%s\"}".formatted(halfBlock, signature),
        null);
  }

  /** Agrees to the first open transaction, so that there is money. */
  private static void agreeToIncome(SigningKey key) {
    var income =
        network
            .get("/api/stars/" + star(key))
            .expect(200)
            .path("open")
            .get(0)
            .path("id")
            .asString();
    var prepared =
        prepare(
            "{\"type\":\"agree\",\"from\":\"%s\",\"transaction\":\"%s\"}"
                .formatted(star(key), income));
    assertThat(prepared.path("reading").asString()).contains("agrees to transaction " + income);
    submit(key, prepared).expect(202);
    network.awaitStatus(income, "FINAL");
  }

  private static String payment(SigningKey key, long amount) {
    return "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":%d}".formatted(star(key), shop.id(), amount);
  }

  @Test
  void paysWithASegmentThatItsOwnerSigned() {
    var key = openOwned(100);
    agreeToIncome(key);
    var prepared = prepare(payment(key, 40));
    assertThat(prepared.path("reading").asString()).contains("gives 40 of no0s");
    assertThat(prepared.path("sequence").asLong()).isEqualTo(2);

    submit(key, prepared).expect(202);

    network.awaitStatus(prepared.path("id").asString(), "FINAL");
    assertThat(network.balance(star(key))).isEqualTo("60");
  }

  @Test
  void takesAnEncodedSegmentAsItIsAndItsRepetitionToo() {
    var key = openOwned(10);
    var prepared = prepare(payment(key, 1));
    var halfBlock =
        ChainCodec.decodeHalfBlock(
                Bytes.copyOf(Base64.getDecoder().decode(prepared.path("halfBlock").asString())))
            .toOptional()
            .orElseThrow();
    var segment =
        Segment.of(
            key.publicKey(), List.of(halfBlock), key.sign(Segment.signedMessage(halfBlock.id())));
    var body =
        "{\"segment\":\"%s\"}"
            .formatted(Base64.getEncoder().encodeToString(ChainCodec.encode(segment).toArray()));

    var first = network.post("/api/segments", body, null).expect(202);
    var again = network.post("/api/segments", body, null).expect(202);

    assertThat(again).isEqualTo(first);
  }

  @Test
  void refusesWrongSignaturesAlteredBytesAndStrangeKeys() {
    var key = openOwned(10);
    var prepared = prepare(payment(key, 1));
    var halfBlock = prepared.path("halfBlock").asString();

    var other = Ed25519.best().generate(new SecureRandom());
    assertThat(submit(halfBlock, sign(other, prepared)).code()).isEqualTo("BAD_SIGNATURE");

    var bytes = Base64.getDecoder().decode(halfBlock);
    for (var i = 0; i < bytes.length; i += 7) {
      var altered = bytes.clone();
      altered[i] ^= 1;
      var answer = submit(Base64.getEncoder().encodeToString(altered), sign(key, prepared));
      assertThat(answer.code())
          .as("byte " + i)
          .isIn("BAD_SIGNATURE", "MALFORMED_SEGMENT", "WRONG_NETWORK", "UNKNOWN_STAR");
    }

    var segment =
        Segment.of(
            other.publicKey(),
            List.of(ChainCodec.decodeHalfBlock(Bytes.copyOf(bytes)).toOptional().orElseThrow()),
            signature(other, bytes));
    assertThat(
            network
                .post(
                    "/api/segments",
                    "{\"segment\":\"%s\"}"
                        .formatted(
                            Base64.getEncoder()
                                .encodeToString(ChainCodec.encode(segment).toArray())),
                    null)
                .code())
        .isEqualTo("WRONG_KEY");
    assertThat(network.post("/api/segments", "{\"segment\":\"!\"}", null).code())
        .isEqualTo("MALFORMED_SEGMENT");
  }

  private static Signature signature(SigningKey key, byte[] halfBlock) {
    var id = ChainCodec.decodeHalfBlock(Bytes.copyOf(halfBlock)).toOptional().orElseThrow().id();
    return key.sign(Segment.signedMessage(id));
  }

  @Test
  void refusesGaps() {
    var key = openOwned(10);
    var first = prepare(payment(key, 1));
    var previous =
        ChainCodec.decodeHalfBlock(
                Bytes.copyOf(Base64.getDecoder().decode(first.path("halfBlock").asString())))
            .toOptional()
            .orElseThrow();
    var second =
        ChainCodec.halfBlock(
            previous.network(), previous.star(), 2, previous.id(), previous.body());
    var signed = key.sign(Segment.signedMessage(second.id()));

    var answer =
        submit(
            Base64.getEncoder().encodeToString(second.bytes().toArray()),
            Base64.getEncoder().encodeToString(signed.toBytes()));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("GAP");
    assertThat(answer.body().path("nextSequence").asLong()).isEqualTo(1);
  }

  @Test
  void refusesAForkAndHandsItToTheClusterAsEvidence() {
    var key = openOwned(10);
    agreeToIncome(key);
    var one = prepare(payment(key, 1));
    var two = prepare(payment(key, 2));
    submit(key, one).expect(202);
    network.awaitStatus(one.path("id").asString(), "FINAL");

    var answer = submit(key, two);

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("FORK");
    Awaitility.await()
        .until(
            () ->
                network.galaxy().state().star(new StarId(key.publicKey())).orElseThrow().forked());
  }

  @Test
  void signsForNobodyWhoseKeyItDoesNotKeep() {
    var key = openOwned(10);
    assertThat(network.post("/api/transactions", payment(key, 1), shop.token()).code())
        .isEqualTo("OWNER_SIGNS");
    assertThat(
            network
                .post(
                    "/api/transactions/prepare",
                    "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":1}".formatted(shop.id(), star(key)),
                    null)
                .code())
        .isEqualTo("SERVICE_SIGNS");
  }
}
