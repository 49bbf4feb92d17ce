package org.constellation.system;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.ChainCodec;
import tools.jackson.databind.JsonNode;

/** A star whose owner keeps the key, and signs what he is shown, or something else. */
record OwnedStar(Api api, SigningKey key) {

  static OwnedStar open(Api api) {
    var key = Ed25519.best().generate(new SecureRandom());
    var hex = HexFormat.of().formatHex(key.publicKey().toBytes());
    var star = new OwnedStar(api, key);
    var prepared =
        api.post("/api/stars/prepare", "{\"publicKey\":\"%s\"}".formatted(hex), null).expect(200);
    api.post(
            "/api/stars",
            "{\"publicKey\":\"%s\",\"join\":\"%s\",\"signature\":\"%s\"}"
                .formatted(hex, prepared.path("join").asString(), star.signed(prepared)),
            null)
        .expect(201);
    api.awaitHome(star.id());
    return star;
  }

  String id() {
    return new StarId(key.publicKey()).toString();
  }

  /** What to sign for a payment. */
  JsonNode preparePayment(String to, long amount) {
    return prepare("{\"from\":\"%s\",\"to\":\"%s\",\"amount\":%d}".formatted(id(), to, amount));
  }

  JsonNode prepareAgreement(String transaction) {
    return prepare(
        "{\"type\":\"agree\",\"from\":\"%s\",\"transaction\":\"%s\"}".formatted(id(), transaction));
  }

  /** What to sign to define an asset. */
  JsonNode prepareDefinition(String symbol) {
    return prepare(
        "{\"type\":\"define\",\"from\":\"%s\",\"symbol\":\"%s\",\"name\":\"%s\",\"decimals\":0}"
            .formatted(id(), symbol, symbol));
  }

  private JsonNode prepare(String request) {
    return api.post("/api/transactions/prepare", request, null).expect(200);
  }

  /** This key's signature on what was prepared, in base64. */
  String signed(JsonNode prepared) {
    var message = Base64.getDecoder().decode(prepared.path("signingBytes").asString());
    return Base64.getEncoder().encodeToString(key.sign(message).toBytes());
  }

  Api.Answer submit(JsonNode prepared) {
    return submit(prepared.path("halfBlock").asString(), signed(prepared));
  }

  Api.Answer submit(String halfBlock, String signature) {
    return api.post(
        "/api/segments",
        "{\"halfBlocks\":[\"%s\"],\"signature\":\"%s\"}".formatted(halfBlock, signature),
        null);
  }

  /** Signs and submits a half-block at a place of its own choice. */
  Api.Answer submitAt(HalfBlock like, long sequence) {
    var moved = ChainCodec.halfBlock(like.network(), like.star(), sequence, like.id(), like.body());
    var segment =
        Segment.of(key.publicKey(), List.of(moved), key.sign(Segment.signedMessage(moved.id())));
    return api.post(
        "/api/segments",
        "{\"segment\":\"%s\"}"
            .formatted(Base64.getEncoder().encodeToString(ChainCodec.encode(segment).toArray())),
        null);
  }

  static HalfBlock halfBlock(JsonNode prepared) {
    var bytes = Base64.getDecoder().decode(prepared.path("halfBlock").asString());
    return ChainCodec.decodeHalfBlock(Bytes.copyOf(bytes)).toOptional().orElseThrow();
  }
}
