package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.constellation.consensus.cluster.Verdict;
import org.constellation.platform.observe.Metrics;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.star.relay.Relay;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An owner who signs one thing here and another elsewhere: what can never be final is rejected. */
class SupersededTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static RunningNetwork network;
  private static RunningNetwork.Star shop;

  private final SigningKey key = Ed25519.best().generate(new SecureRandom());
  private final String star = new StarId(key.publicKey()).toString();

  @BeforeAll
  static void start() {
    network = RunningNetwork.start(SupersededTest.class);
    shop = network.openStar();
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  @AfterEach
  void goOn() {
    network.galaxy().pause(false);
  }

  private HalfBlock payment(long amount) {
    var prepared =
        network
            .post(
                "/api/transactions/prepare",
                "{\"from\":\"%s\",\"to\":\"%s\",\"amount\":%d}".formatted(star, shop.id(), amount),
                null)
            .expect(200);
    var bytes = Base64.getDecoder().decode(prepared.path("halfBlock").asString());
    return ChainCodec.decodeHalfBlock(Bytes.copyOf(bytes)).toOptional().orElseThrow();
  }

  private Segment signed(HalfBlock halfBlock) {
    return Segment.of(
        key.publicKey(), List.of(halfBlock), key.sign(Segment.signedMessage(halfBlock.id())));
  }

  private void submit(HalfBlock halfBlock) {
    var encoded =
        Base64.getEncoder().encodeToString(ChainCodec.encode(signed(halfBlock)).toArray());
    network.post("/api/segments", "{\"segment\":\"%s\"}".formatted(encoded), null).expect(202);
  }

  @Test
  void rejectsWhatAnotherHalfBlockMadeVoidAndGoesOnFromThatOne() {
    network.openOwned(key);
    network.galaxy().pause(true);
    var elsewhere = payment(1);
    var here = payment(2);
    submit(here);
    var after = payment(3);
    submit(after);
    network.galaxy().bring(signed(elsewhere));
    network.galaxy().pause(false);

    for (var lost : List.of(here, after)) {
      var transaction = network.awaitStatus(lost.id().toHex(), "REJECTED");
      assertThat(transaction.path("reason").asString()).isEqualTo("FORK");
      assertThat(transaction.path("height").isNumber()).isTrue();
    }

    var next = payment(4);
    assertThat(next.sequence()).isEqualTo(2);
    assertThat(next.previous()).isEqualTo(elsewhere.id());
    submit(next);
    var rejected = network.awaitStatus(next.id().toHex(), "REJECTED");
    assertThat(rejected.path("reason").asString()).isEqualTo("INSUFFICIENT_FUNDS");
    // What is stored is told to the relay only then.
    Awaitility.await().atMost(PATIENCE).until(() -> network.bean(Relay.class).depth() == 0);
  }

  @Test
  void believesFacilitatorsOnceOneOfThemMustBeCorrect() {
    network.openOwned(key);
    network.galaxy().pause(true);
    var refused = payment(1);
    submit(refused);
    var after = payment(2);
    submit(after);
    var id = new StarId(key.publicKey());
    var maybe = new Verdict(id, 1, refused.id(), Outcome.NOT_NEXT);
    var forGood = new Verdict(id, 1, refused.id(), Outcome.FORK);

    // However often one says it.
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> {
              network.galaxy().refuse(0, List.of(forGood));
              return verdictsRead("FORK") > 1;
            });
    for (var facilitator = 0; facilitator < 4; facilitator++) {
      network.galaxy().refuse(facilitator, List.of(maybe));
    }
    Awaitility.await().atMost(PATIENCE).until(() -> verdictsRead("NOT_NEXT") == 4);
    assertThat(status(refused)).isNotEqualTo("REJECTED");

    network.galaxy().refuse(3, List.of(forGood));

    var transaction = network.awaitStatus(refused.id().toHex(), "REJECTED");
    assertThat(transaction.path("reason").asString()).isEqualTo("FORK");
    assertThat(transaction.has("height")).isFalse();
    network.awaitStatus(after.id().toHex(), "REJECTED");
  }

  private static String status(HalfBlock proposal) {
    return network
        .get("/api/transactions/" + proposal.id().toHex())
        .expect(200)
        .path("status")
        .asString();
  }

  private static double verdictsRead(String code) {
    return network.bean(MeterRegistry.class).counter(Metrics.VERDICTS, Metrics.CODE, code).count();
  }
}
