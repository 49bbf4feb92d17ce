package org.constellation.blackhole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.constellation.blackhole.TestStar.give;
import static org.constellation.blackhole.TestStar.offer;
import static org.constellation.blackhole.TestStar.pay;

import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.proof.BalanceProof;
import org.constellation.protocol.proof.EvidenceProof;
import org.constellation.protocol.proof.ExclusionProof;
import org.constellation.protocol.proof.Refuted;
import org.constellation.protocol.proof.TransactionProof;
import org.constellation.protocol.state.ExclusionRecord;
import org.constellation.protocol.wire.ProofCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** The whole service: blocks from a real broker, stored in a real database, asked over HTTP. */
class BlackholeLedgerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration SHORT = Duration.ofMillis(500);
  private static final int CALLERS = 12;
  private static final int PROOFS_AT_ONCE = 4;

  @TempDir private Path directory;
  private final TestGalaxy galaxy;
  private final TestStar alice;
  private final TestStar bob;
  private RunningLedger ledger;

  BlackholeLedgerTest(TestInfo info) {
    var name = "ledger" + Math.floorMod(info.getDisplayName().hashCode(), 1_000_000);
    galaxy = new TestGalaxy(name, 3, 1);
    alice = galaxy.star(0);
    bob = galaxy.star(1);
  }

  @BeforeEach
  void makeNetwork() throws Exception {
    ledger = new RunningLedger(galaxy, directory);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private void awaitHeight(long height) {
    await().atMost(PATIENCE).until(() -> ledger.height() == height);
  }

  private Hash settle(int amount) {
    var proposal = alice.say(pay(bob, amount));
    galaxy.certify(proposal, bob.say(new Body.Agreement(proposal.first().id())));
    return proposal.first().id();
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).contains("\"code\":\"" + code + "\"");
  }

  @Test
  void answersEveryQuestionAboutAPayment() throws Exception {
    var id = settle(7);
    ledger.start().send(1);
    awaitHeight(1);

    var header = galaxy.block(1).block().header();
    assertThat(ledger.get("/api/blocks/1").body())
        .isEqualTo(ledger.get("/api/blocks/latest").body())
        .contains("\"hash\":\"" + header.hash().toHex() + "\"", "\"halfBlocks\":2");
    assertThat(ledger.get("/api/ledger/transactions/" + id.toHex()).body())
        .contains("\"outcome\":\"SETTLED\"", "\"amount\":\"7\"", "\"decidedHeight\":1");
    assertThat(ledger.get("/api/half-blocks/" + id.toHex()).body())
        .contains("\"star\":\"" + alice.id() + "\"", "\"kind\":\"proposal\"");
    assertThat(ledger.get("/api/blocks/1/half-blocks").body()).contains(id.toHex());
    assertThat(ledger.get("/api/ledger/stars/" + alice.id()).body()).contains("\"sequence\":1");
    assertThat(ledger.get("/api/ledger/stars/" + bob.id() + "/chain").body())
        .contains("\"kind\":\"agreement\"");
    assertThat(ledger.get("/api/ledger/stars/" + bob.id() + "/balances").body())
        .contains("\"asset\":\"no0s\"", "\"amount\":\"" + (TestGalaxy.BALANCE + 7) + "\"");
    assertThat(ledger.get("/api/assets/no0s").body())
        .contains("\"supply\":\"" + 3 * TestGalaxy.BALANCE + "\"", "\"difference\":\"0\"")
        .doesNotContain("issuer");
    assertThat(ledger.get("/api/assets").body()).contains("\"asset\":\"no0s\"");
    assertThat(ledger.get("/api/assets/no0s/transactions").body()).contains(id.toHex());
    assertThat(ledger.get("/api/evidence").body()).isEqualTo("{\"items\":[]}");
    assertThat(ledger.get("/actuator/health").body()).contains("\"height\":1");
    assertThat(ledger.get("/actuator/prometheus").body())
        .contains("constellation_stored_height")
        .contains("constellation_store_duration_seconds");
  }

  @Test
  void answersBadQuestionsInTheOneFormat() throws Exception {
    ledger.start();

    assertProblem(ledger.get("/api/blocks/1"), 404, "UNKNOWN_BLOCK");
    assertProblem(ledger.get("/api/blocks/x"), 400, "INVALID_REQUEST");
    assertProblem(ledger.get("/api/blocks?limit=0"), 400, "INVALID_REQUEST");
    assertProblem(ledger.get("/api/blocks?limit=501"), 400, "INVALID_REQUEST");
    assertProblem(ledger.get("/api/half-blocks/zz"), 400, "MALFORMED_NAME");
    assertProblem(ledger.get("/api/ledger/stars/star1x"), 400, "MALFORMED_NAME");
    assertProblem(ledger.get("/api/evidence?after=x"), 400, "MALFORMED_NAME");
    var unknown = "00".repeat(31) + "01";
    assertProblem(ledger.get("/api/assets/" + unknown), 404, "UNKNOWN_ASSET");
    assertProblem(ledger.get("/api/assets/" + unknown + "/holders"), 404, "UNKNOWN_ASSET");
    assertProblem(ledger.get("/api/transactions/" + unknown + "/proof"), 404, "NOT_SETTLED");
    assertProblem(ledger.get("/api/ledger/transactions/" + unknown), 404, "UNKNOWN_TRANSACTION");
    assertProblem(ledger.get("/api/ledger/audit"), 401, "NOT_AUTHENTICATED");
    assertProblem(
        ledger.get("/api/ledger/stars/" + alice.id() + "/balances/no0s/proof"),
        503,
        "NO_BLOCK_YET");
    var exclusion = "/api/ledger/stars/" + alice.id() + "/exclusion";
    assertProblem(ledger.get(exclusion), 503, "NO_BLOCK_YET");
    assertProblem(ledger.get(exclusion + "/proof"), 503, "NO_BLOCK_YET");
    assertProblem(ledger.get("/api/ledger/stars/x/exclusion"), 400, "MALFORMED_NAME");
    assertProblem(ledger.get("/api/blocks/1/evidence"), 404, "UNKNOWN_BLOCK");
  }

  @Test
  void pagesByKey() throws Exception {
    for (var height = 1; height <= 5; height++) {
      settle(height);
    }
    ledger.start().send(1, 2, 3, 4, 5);
    awaitHeight(5);

    assertThat(ledger.get("/api/blocks?limit=2").body()).contains("\"next\":\"2\"");
    assertThat(ledger.get("/api/blocks?after=2&limit=2").body())
        .contains("\"height\":3", "\"height\":4", "\"next\":\"4\"")
        .doesNotContain("\"height\":5");
    assertThat(ledger.get("/api/blocks?after=4&limit=2").body()).doesNotContain("next");
    for (var from : List.of("/api/blocks?", "/api/ledger/stars/" + alice.id() + "/chain?")) {
      assertThat(ledger.get(from + "after=" + Long.MAX_VALUE).body()).isEqualTo("{\"items\":[]}");
    }
    var star = "/api/ledger/stars/" + alice.id();
    assertThat(ledger.get(star + "/chain?after=3&limit=1").body())
        .contains("\"sequence\":4", "\"next\":\"4\"");
    var seen = new ArrayList<String>();
    var after = "";
    do {
      var page = ledger.get("/api/assets/no0s/holders?limit=1" + after).body();
      seen.add(page.replaceAll(".*\"star\":\"([^\"]*)\".*", "$1"));
      after =
          page.contains("next")
              ? "&after=" + page.replaceAll(".*\"next\":\"([^\"]*)\".*", "$1")
              : "";
    } while (!after.isEmpty());
    assertThat(seen)
        .containsExactlyInAnyOrder(
            alice.id().toString(), bob.id().toString(), galaxy.star(2).id().toString());
  }

  @Test
  void tellsAStarsTransactionsFromBothSidesPageByPage() throws Exception {
    var carol = galaxy.star(2);
    var expected = new ArrayList<String>();
    for (var height = 1; height <= 3; height++) {
      var given = alice.say(pay(bob, height));
      var taken = carol.say(pay(alice, height));
      galaxy.certify(given, taken, bob.say(pay(carol, height)));
      Stream.of(given, taken).map(one -> one.first().id().toHex()).sorted().forEach(expected::add);
    }
    ledger.start().send(1, 2, 3);
    awaitHeight(3);

    var path = "/api/ledger/stars/" + alice.id() + "/transactions";
    var seen = new ArrayList<String>();
    var after = "";
    do {
      var page = ledger.get(path + "?limit=1" + after).body();
      seen.add(page.replaceAll(".*\\{\"id\":\"([^\"]*)\".*", "$1"));
      after =
          page.contains("\"next\"")
              ? "&after=" + page.replaceAll(".*\"next\":\"([^\"]*)\".*", "$1")
              : "";
    } while (!after.isEmpty());
    assertThat(seen).isEqualTo(expected);
    assertProblem(ledger.get(path + "?after=7"), 400, "MALFORMED_NAME");
  }

  @Test
  void tellsTheReceiptsOfATransaction() throws Exception {
    var proposal = alice.say(pay(bob, 7));
    var agreement = bob.say(new Body.Agreement(proposal.first().id()));
    galaxy.certify(proposal);
    galaxy.certify(agreement);
    ledger.start().send(1, 2);
    awaitHeight(2);

    assertThat(ledger.get("/api/ledger/transactions/" + proposal.first().id().toHex()).body())
        .contains(
            "\"receipts\":[{\"height\":1,\"position\":0,\"subject\":\""
                + proposal.first().id().toHex()
                + "\",\"outcome\":\"HELD\"},{\"height\":2,\"position\":0,\"subject\":\""
                + agreement.first().id().toHex()
                + "\",\"outcome\":\"SETTLED\"}");
  }

  @Test
  void provesAPaymentAndABalanceToWhoeverHasTheGenesisFile() throws Exception {
    // The agreement comes first, in a run of its star, and waits two blocks.
    var proposal = alice.say(pay(bob, 7));
    var id = proposal.first().id();
    galaxy.certify(bob.say(offer(alice, "before", give(AssetId.NO0S, 1)), new Body.Agreement(id)));
    galaxy.certify();
    galaxy.certify(proposal);
    ledger.start().send(1, 2, 3);
    awaitHeight(3);

    var proof = ledger.bytes("/api/transactions/" + id.toHex() + "/proof");
    var verdict = ProofCodec.checkTransaction(galaxy.genesis(), proof, Ed25519.best());
    assertThat(verdict).isInstanceOf(TransactionProof.Proven.class);
    assertThat(((TransactionProof.Proven) verdict).transaction()).isEqualTo(id);
    var altered = proof.toArray();
    altered[altered.length / 2] ^= 1;
    assertThat(ProofCodec.checkTransaction(galaxy.genesis(), Bytes.copyOf(altered), Ed25519.best()))
        .isNotInstanceOf(TransactionProof.Proven.class);

    var path = "/api/ledger/stars/" + bob.id() + "/balances/no0s/proof";
    var balance = ProofCodec.checkBalance(galaxy.genesis(), ledger.bytes(path), Ed25519.best());
    assertThat(((BalanceProof.Proven) balance).amount()).isEqualTo(TestGalaxy.BALANCE + 6);
  }

  @Test
  void tellsAndProvesWhoIsConvictedAndWhatItCosts() throws Exception {
    settle(7);
    var other = new TestGalaxy(galaxy.genesis().name(), 3, 1).certify();
    var headers = new Evidence.TwoHeaders(head(galaxy.block(1)), head(other));
    galaxy.certify();
    var fork =
        new Evidence.Fork(alice.fork(Hash.ZERO, pay(bob, 8)), alice.fork(Hash.ZERO, pay(bob, 9)));
    galaxy.certify(1, List.of(headers, fork));
    ledger.start().send(1, 2, 3);
    awaitHeight(3);
    var members = galaxy.genesis().galaxy().members();
    var guilty = "/api/ledger/stars/" + members.get(1).star();
    var innocent = "/api/ledger/stars/" + members.get(3).star();

    assertThat(ledger.get(guilty + "/exclusion").body())
        .contains("\"convictions\":1", "\"elections\":1", "\"since\":3", "\"height\":3");
    assertThat(ledger.get(innocent + "/exclusion").body())
        .contains("\"convictions\":0", "\"elections\":0")
        .doesNotContain("since");
    assertThat(ledger.get(guilty + "/evidence").body())
        .contains("\"height\":3,\"position\":1,\"kind\":\"two-headers\"")
        .contains(hex(galaxy.member(1).publicKey().toBytes()))
        .doesNotContain("\"position\":0", "\"position\":2");
    assertThat(ledger.get(innocent + "/evidence").body()).isEqualTo("{\"items\":[]}");
    assertThat(ledger.get("/api/ledger/stars/" + alice.id() + "/evidence").body())
        .contains("\"kind\":\"fork\"");
    assertThat(ledger.get("/api/blocks/2/evidence").body()).isEqualTo("{\"items\":[]}");
    assertThat(ledger.get("/api/blocks/3/evidence?limit=2").body())
        .contains("\"position\":0", "\"position\":1", "\"next\":\"1\"")
        .doesNotContain("\"position\":2");
    assertThat(ledger.get("/api/blocks/3/evidence?after=1").body())
        .contains("\"position\":2", "\"position\":3")
        .doesNotContain("\"position\":1");

    var exclusion = (ExclusionProof.Proven) exclusion(ledger.bytes(guilty + "/exclusion/proof"));
    assertThat(exclusion.exclusion()).contains(new ExclusionRecord(1, 1, 3));
    assertThat(exclusion.star()).isEqualTo(members.get(1).star());
    var none = (ExclusionProof.Proven) exclusion(ledger.bytes(innocent + "/exclusion/proof"));
    assertThat(none.exclusion()).isEmpty();
    for (var position = 0; position < 4; position++) {
      var path = "/api/evidence/3-" + position + "/proof";
      var proven = (EvidenceProof.Proven) evidence(ledger.bytes(path));
      assertThat(proven.height()).isEqualTo(3);
      assertThat(proven.position()).isEqualTo(position);
      assertThat(proven.star()).isEqualTo(position < 3 ? members.get(position).star() : alice.id());
    }
    var altered = ledger.bytes("/api/evidence/3-0/proof").toArray();
    altered[altered.length / 2] ^= 1;
    assertThat(evidence(Bytes.copyOf(altered))).isInstanceOf(Refuted.class);
    assertProblem(ledger.get("/api/evidence/3-4/proof"), 404, "UNKNOWN_EVIDENCE");
    assertProblem(ledger.get("/api/evidence/x/proof"), 400, "MALFORMED_NAME");
    assertProblem(ledger.get("/api/blocks/4/evidence"), 404, "UNKNOWN_BLOCK");
  }

  private static CertifiedHead head(FollowedBlock followed) {
    var block = followed.block();
    return new CertifiedHead.OfGalaxyBlock(block.header(), block.certificate());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private ExclusionProof.Verdict exclusion(Bytes proof) {
    return ProofCodec.checkExclusion(galaxy.genesis(), proof, Ed25519.best());
  }

  private EvidenceProof.Verdict evidence(Bytes proof) {
    return ProofCodec.checkEvidence(galaxy.genesis(), proof, Ed25519.best());
  }

  @Test
  void makesOnlySoManyProofsAtOnce() throws Exception {
    var path = "/api/transactions/" + settle(7).toHex() + "/proof";
    ledger.start().send(1);
    awaitHeight(1);
    var database = ledger.bean(DataSource.class);
    var jdbc = new JdbcTemplate(database);
    var answers = new ArrayList<Future<Integer>>();

    try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      try (var lock = database.getConnection()) {
        lock.setAutoCommit(false);
        lock.createStatement().execute("LOCK TABLE transaction IN ACCESS EXCLUSIVE MODE");
        for (var caller = 0; caller < CALLERS; caller++) {
          answers.add(callers.submit(() -> ledger.get(path).statusCode()));
        }
        await().atMost(PATIENCE).until(() -> requestsUnderWay() == CALLERS);
        await().atMost(PATIENCE).during(SHORT).until(() -> waitingForLocks(jdbc) == PROOFS_AT_ONCE);
        lock.rollback();
      }
      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
  }

  private int requestsUnderWay() {
    return ledger
        .bean(MeterRegistry.class)
        .find("http.server.requests.active")
        .longTaskTimers()
        .stream()
        .mapToInt(LongTaskTimer::activeTasks)
        .sum();
  }

  private static int waitingForLocks(JdbcTemplate jdbc) {
    var count =
        jdbc.queryForObject(
            "SELECT count(*) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND wait_event_type = 'Lock'",
            Integer.class);
    return count == null ? 0 : count;
  }

  @Test
  void takesBlocksInWhateverOrderAndHoweverOftenTheyCome() {
    large();
    settle(2);
    settle(3);
    assertThat(ledger.chunks(1)).as("in several chunks").hasSizeGreaterThan(1);
    ledger.start().send(3, 3, 2);
    ledger.sendBackwards(1);
    ledger.sendBackwards(1);
    awaitHeight(3);

    ledger.send(1, 2, 3);
    settle(4);
    ledger.send(4);
    awaitHeight(4);
  }

  /** A block of more than one chunk. */
  private void large() {
    var segments = new ArrayList<Segment>();
    for (var run = 0; run < 12; run++) {
      var bodies = new Body[100];
      for (var index = 0; index < bodies.length; index++) {
        bodies[index] = offer(bob, "x".repeat(250), give(AssetId.NO0S, 1));
      }
      segments.add(alice.say(bodies));
    }
    galaxy.certify(segments.toArray(Segment[]::new));
  }

  @Test
  void takesNoAlteredByteAndNoForeignBlock() throws Exception {
    settle(1);
    settle(2);
    ledger.start();
    var foreign = new TestGalaxy(galaxy.genesis().name(), 3, 2);
    var block = foreign.certify(foreign.star(0).say(pay(foreign.star(1), 1)));
    ledger.send(RunningLedger.chunks(block));
    for (var chunk : ledger.chunks(1)) {
      for (var at = 0; at < chunk.length(); at += 1 + chunk.length() / 16) {
        var altered = chunk.toArray();
        altered[at] ^= 1;
        ledger.send(List.of(Bytes.copyOf(altered)));
      }
    }
    ledger.send(1, 2);
    awaitHeight(2);

    assertThat(ledger.get("/api/blocks/1").body())
        .contains(galaxy.block(1).block().header().hash().toHex());
    assertThat(ledger.get("/actuator/health").statusCode()).isEqualTo(200);
  }

  @Test
  void goesOnFromWhatIsStored() throws Exception {
    settle(1);
    var id = settle(2);
    ledger.start().send(1, 2);
    awaitHeight(2);
    ledger.stop();
    settle(3);
    ledger.send(3);
    ledger.start();
    awaitHeight(3);

    assertThat(ledger.get("/api/assets/no0s").body()).contains("\"difference\":\"0\"");
    assertThat(ledger.get("/api/ledger/stars/" + bob.id() + "/balances").body())
        .contains("\"amount\":\"" + (TestGalaxy.BALANCE + 6) + "\"");
    assertThat(
            ProofCodec.checkTransaction(
                galaxy.genesis(),
                ledger.bytes("/api/transactions/" + id.toHex() + "/proof"),
                Ed25519.best()))
        .isInstanceOf(TransactionProof.Proven.class);
  }
}
