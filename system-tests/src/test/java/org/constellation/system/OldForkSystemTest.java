package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.envelope.Envelope;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.EnvelopeCodec;
import org.constellation.protocol.wire.EvidenceCodec;
import org.constellation.protocol.wire.SelfContradiction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * A star forks its chain where no facilitator remembers it: before the segment in which the chain
 * ends. It passes by its star-service, and tells the cluster alone. Who keeps the ledger finds the
 * fork and shows it, and the star is marked. One that only sends old half-blocks again is not, nor
 * one in whose name another signs.
 */
@Tag("system")
class OldForkSystemTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String GOSSIP = "constellation.local.c0.gossip.v1";

  /** Agrees to be paid, and pays three times, each in a segment of its own. */
  private static final int CHAIN_LENGTH = 4;

  /** Where the fork is: the second of those. */
  private static final int FORKED = 2;

  private static final int UNDER_WAY = 10;
  private static final Ed25519 ED25519 = Ed25519.best();

  @TempDir private Path directory;

  @Test
  void anOldForkIsShownToTheClusterAndMarksItsStarAlone() throws Exception {
    try (var platform = Platform.up(directory.resolve("data"), "--processes");
        var api = new Api(platform.address());
        var records = new Records(platform.brokerAddress())) {
      var payments = Payments.of(platform, api);
      var payee = api.openStar();
      api.awaitHome(payee.id());
      var culprit = OwnedStar.open(api);
      var correct = OwnedStar.open(api);
      var chain = chain(api, payments, culprit, payee);
      var correctChain = chain(api, payments, correct, payee);
      // Nothing of it is anybody's news any more.
      payments.make(UNDER_WAY);
      payments.awaitFinal();

      gossip(records, segment(correctChain.subList(1, 3), correct.key()));
      var stranger = ED25519.generate(new SecureRandom());
      gossip(records, segment(List.of(instead(correctChain)), stranger));
      var fork = instead(chain);
      gossip(records, segment(List.of(fork), culprit.key()));
      payments.make(UNDER_WAY);

      await().atMost(PATIENCE).until(() -> isMarked(api, culprit.id()));
      payments.awaitFinal();
      assertThat(shownByTheKeeper(records)).as("forks shown to the cluster").isNotEmpty();
      var evidence = requireEvidence(api, culprit);
      requireFork(evidence, chain.get(FORKED - 1), fork);
      requireProof(platform, evidence, culprit);

      // What was executed stands, and the chain goes on after it.
      var more = culprit.preparePayment(payee.id(), 1);
      culprit.submit(more).expect(202);
      api.awaitStatus(more.path("id").asString(), "FINAL");
      assertThat(isMarked(api, correct.id())).as("who is correct is marked").isFalse();
      assertThat(isMarked(api, payee.id())).as("who is correct is marked").isFalse();
      assertThat(api.get("/api/evidence").expect(200).path("items")).hasSize(1);
      Ledger.requireConservation(platform);
      var histories = Histories.ofAll(platform);
      histories.requireOne();
      System.out.printf("%s, evidence of %s%n", histories, evidence.path("star").asString());
    }
  }

  /** Half-blocks of a star, all of them final. */
  private static List<HalfBlock> chain(Api api, Payments payments, OwnedStar star, Api.Star payee) {
    var income = payments.pay(star.id(), 10);
    await()
        .atMost(PATIENCE)
        .until(() -> !api.get("/api/stars/" + star.id()).body().path("open").isEmpty());
    var chain = new ArrayList<HalfBlock>();
    var agreement = star.prepareAgreement(income);
    star.submit(agreement).expect(202);
    api.awaitStatus(income, "FINAL");
    chain.add(OwnedStar.halfBlock(agreement));
    while (chain.size() < CHAIN_LENGTH) {
      var payment = star.preparePayment(payee.id(), chain.size());
      star.submit(payment).expect(202);
      api.awaitStatus(payment.path("id").asString(), "FINAL");
      chain.add(OwnedStar.halfBlock(payment));
    }
    return chain;
  }

  /**
   * A half-block that may stand where another one stands in a chain: what came later, said early.
   */
  private static HalfBlock instead(List<HalfBlock> chain) {
    var like = chain.getLast();
    return ChainCodec.halfBlock(
        like.network(), like.star(), FORKED, chain.get(FORKED - 2).id(), like.body());
  }

  private static Segment segment(List<HalfBlock> halfBlocks, SigningKey key) {
    var signature = key.sign(Segment.signedMessage(halfBlocks.getLast().id()));
    return Segment.of(key.publicKey(), halfBlocks, signature);
  }

  /** Sends a segment to the cluster, in an envelope of somebody whom nobody knows. */
  private static void gossip(Records records, Segment segment) throws Exception {
    var sender = ED25519.generate(new SecureRandom());
    var header =
        new Envelope.Header(
            segment.first().network(),
            new Committee(Committee.Layer.STAR, 0),
            0,
            sender.publicKey(),
            1,
            1);
    var sealed = EnvelopeCodec.seal(header, List.of(ChainCodec.encode(segment)), sender);
    try (var producer = records.producer()) {
      producer
          .send(
              new ProducerRecord<>(
                  GOSSIP, segment.star().toBytes(), EnvelopeCodec.encode(sealed).toArray()))
          .get();
    }
  }

  private static boolean isMarked(Api api, String star) {
    return api.get("/api/ledger/stars/" + star).expect(200).path("marked").asBoolean();
  }

  /** Forks that blackhole-ledger put on the cluster's topic. */
  private static List<Evidence.Fork> shownByTheKeeper(Records records) {
    return records.oldest(GOSSIP, Integer.MAX_VALUE).stream()
        .flatMap(one -> EnvelopeCodec.open(Bytes.copyOf(one.value())).toOptional().stream())
        .filter(one -> one.header().committee().layer() == Committee.Layer.BLACKHOLE)
        .flatMap(one -> one.messages().stream())
        .flatMap(one -> fork(one).stream())
        .toList();
  }

  private static Optional<Evidence.Fork> fork(Bytes evidence) {
    return EvidenceCodec.decode(evidence)
        .toOptional()
        .filter(Evidence.Fork.class::isInstance)
        .map(Evidence.Fork.class::cast);
  }

  /** The one piece of evidence that there is, wherever one asks for it. */
  private static JsonNode requireEvidence(Api api, OwnedStar culprit) {
    var pieces = api.get("/api/ledger/stars/" + culprit.id() + "/evidence").expect(200);
    assertThat(pieces.path("items")).hasSize(1);
    var piece = pieces.path("items").path(0);
    assertThat(piece.path("kind").asString()).isEqualTo("fork");
    assertThat(piece.path("culprit").asString()).isEqualTo(culprit.key().publicKey().toHex());
    assertThat(piece.path("star").asString()).isEqualTo(culprit.id());
    var block = "/api/blocks/" + piece.path("height").asLong() + "/evidence";
    assertThat(api.get(block).expect(200).path("items")).containsExactly(piece);
    return piece;
  }

  /** That what is shown is the two half-blocks, both signed by the star. */
  private static void requireFork(JsonNode evidence, HalfBlock executed, HalfBlock other) {
    var bytes = HexFormat.of().parseHex(evidence.path("evidence").asString());
    var fork = fork(Bytes.copyOf(bytes)).orElseThrow();
    assertThat(SelfContradiction.isShown(fork, executed.network(), ED25519)).isTrue();
    assertThat(List.of(fork.first().first().id(), fork.second().first().id()))
        .containsExactlyInAnyOrder(executed.id(), other.id());
  }

  /** Nothing is asked of the network but the proof. */
  private void requireProof(Platform platform, JsonNode evidence, OwnedStar culprit)
      throws Exception {
    var place = evidence.path("height").asLong() + "-" + evidence.path("position").asInt();
    var proof = directory.resolve("fork.proof");
    platform.run("verify", "--evidence", place, "--save", proof.toString()).expectSuccess();
    var offline =
        List.of(
            "verify",
            "--evidence",
            place,
            "--proof",
            proof.toString(),
            "--genesis",
            platform.data().resolve("genesis.bin").toString(),
            "--data",
            directory.resolve("nowhere").toString());
    assertThat(Platform.command(offline).expectSuccess())
        .contains("PROVEN", "FORK", culprit.id(), culprit.key().publicKey().toHex());
  }
}
