package org.constellation.star;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.star.writer.StarWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What others write into the ledger does not disturb the stars that are served here. */
class StrangersTest {

  private static final int LISTENERS_MAX = 2;

  private static RunningNetwork network;
  private static RunningNetwork.Star alice;
  private static RunningNetwork.Star bob;

  private final SigningKey key = Ed25519.best().generate(new SecureRandom());
  private final StarId mallory = new StarId(key.publicKey());

  @BeforeAll
  static void start() {
    network =
        RunningNetwork.start(
            StrangersTest.class,
            Genesis.Parameters.DEFAULT,
            "--constellation.star.listeners-max=" + LISTENERS_MAX,
            "--constellation.star.gather=300ms");
    alice = network.fundedStar(100);
    bob = network.fundedStar(100);
  }

  @AfterAll
  static void stop() {
    network.close();
  }

  private HalfBlock first(Body body) {
    return ChainCodec.halfBlock(network.network().genesis().network(), mallory, 1, Hash.ZERO, body);
  }

  private Body.Proposal gift(String memo) {
    return new Body.Proposal(
        StarId.parse(bob.id()),
        List.of(new Leg(Leg.Direction.GIVE, AssetId.NO0S, 1)),
        network.galaxy().state().time().tick() + 100,
        new Body.Memo(memo));
  }

  private Segment signed(HalfBlock halfBlock) {
    return Segment.of(
        key.publicKey(), List.of(halfBlock), key.sign(Segment.signedMessage(halfBlock.id())));
  }

  @Test
  void countersignsAlsoWhereAStrangerAgreedFirst() {
    network.openOwned(key);
    network.galaxy().pause(true);
    var wanted =
        network
            .post(
                "/api/transactions",
                "{\"type\":\"request\",\"from\":\"%s\",\"to\":\"%s\",\"amount\":5}"
                    .formatted(alice.id(), bob.id()),
                alice.token())
            .expect(202)
            .path("id")
            .asString();
    network.galaxy().bring(signed(first(new Body.Agreement(Hash.fromHex(wanted)))));
    network.galaxy().pause(false);
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> network.galaxy().state().proposal(Hash.fromHex(wanted)).isPresent());
    var reached = network.galaxy().state().height();
    Awaitility.await().until(() -> network.bean(StarWriter.class).height() > reached);
    assertThat(network.get("/api/transactions/" + wanted).expect(200).path("status").asString())
        .isEqualTo("PROPOSED");

    network.post("/api/transactions/" + wanted + "/agree", "", bob.token()).expect(202);

    network.awaitStatus(wanted, "FINAL");
  }

  @Test
  void storesTextsThatItsDatabaseDoesNotKnow() {
    network.openOwned(key);
    var odd = first(gift("a\0b"));
    network.galaxy().bring(signed(odd));

    network.awaitStatus(odd.id().toHex(), "REJECTED");
    network.awaitStatus(network.pay(alice, bob.id(), 1), "FINAL");
  }

  @Test
  void takesOneOfTwoSegmentsThatContradictEachOtherAtOnce() throws Exception {
    network.openOwned(key);
    var asked = new ArrayList<Callable<RunningNetwork.Answer>>();
    for (var memo : List.of("one", "two")) {
      var bytes = ChainCodec.encode(signed(first(gift(memo)))).toArray();
      var body = "{\"segment\":\"%s\"}".formatted(Base64.getEncoder().encodeToString(bytes));
      asked.add(() -> network.post("/api/segments", body, null));
    }
    var codes = new ArrayList<String>();
    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : callers.invokeAll(asked)) {
        codes.add(answer.get().status() + answer.get().code());
      }
    }

    assertThat(codes).containsExactlyInAnyOrder("202", "409FORK");
  }

  @Test
  void keepsItsPlacesForListenersFreeOfThoseWhoAskForNothing() throws Exception {
    for (var i = 0; i <= LISTENERS_MAX; i++) {
      for (var path :
          List.of(
              "/api/stars/" + bob.id() + "/events",
              "/api/transactions/" + Hash.ZERO.toHex() + "/events")) {
        var request = network.request(path).header("Last-Event-ID", "x").GET().build();
        var answer = network.http().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).contains("MALFORMED_ID");
      }
      assertThat(network.get("/api/transactions/" + Hash.ZERO.toHex() + "/events").code())
          .isEqualTo("UNKNOWN_TRANSACTION");
    }
  }

  @Test
  void givesAnAssetOnceForOneIdempotencyKey() {
    var asset = "{\"symbol\":\"PTS\",\"name\":\"Points\"}";
    var path = "/api/stars/" + alice.id() + "/assets";
    var once = network.post(path, asset, alice.token(), "Idempotency-Key", "asset").expect(202);
    var again = network.post(path, asset, alice.token(), "Idempotency-Key", "asset").expect(202);
    var other =
        network.post(path, asset.replace("PTS", "X"), alice.token(), "Idempotency-Key", "asset");

    assertThat(again).isEqualTo(once);
    assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }
}
