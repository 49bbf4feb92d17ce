package org.constellation.blackhole.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.constellation.blackhole.TestStar.give;
import static org.constellation.blackhole.TestStar.offer;
import static org.constellation.blackhole.TestStar.pay;
import static org.constellation.blackhole.TestStar.take;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.constellation.blackhole.TestGalaxy;
import org.constellation.blackhole.TestStar;
import org.constellation.blackhole.audit.StoreAudit;
import org.constellation.platform.follow.BlockRefused;
import org.constellation.platform.follow.FollowedBlock;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.EvidenceCodec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** The tables after blocks of every kind, in a real database. */
class LedgerKeeperTest {

  private final TestGalaxy galaxy = new TestGalaxy("keeper", 4, 1);
  private final TestStar alice = galaxy.star(0);
  private final TestStar bob = galaxy.star(1);
  private final TestTables stored = new TestTables();

  @BeforeEach
  void begin() {
    stored.keeper().begin(galaxy.genesis());
  }

  @AfterEach
  void close() {
    stored.close();
  }

  private FollowedBlock keep(Segment... segments) {
    var block = galaxy.certify(segments);
    stored.keeper().on(block);
    assertTablesTellTheState();
    return block;
  }

  /** What every block must leave behind: balances as certified, nothing made or lost. */
  private void assertTablesTellTheState() {
    var balances = new HashMap<String, Long>();
    stored
        .jdbc()
        .query(
            "select star, asset, amount from balance where amount > 0",
            row -> {
              balances.put(
                  StarId.of(row.getBytes(1)) + " " + Hash.of(row.getBytes(2)), row.getLong(3));
            });
    var certified = new HashMap<String, Long>();
    for (var index = 0; index < 4; index++) {
      var star = galaxy.star(index).id();
      galaxy
          .state()
          .balances(star)
          .forEach((asset, amount) -> certified.put(star + " " + asset.hash(), amount));
    }
    assertThat(balances).isEqualTo(certified);
    assertThat(stored.differences()).allSatisfy(one -> assertThat(one).isZero());
    assertThat(figures("asset_total")).isEqualTo(figures("conservation"));
  }

  private List<Map<String, @Nullable Object>> figures(String table) {
    return stored
        .jdbc()
        .queryForList(
            "select encode(asset, 'hex') as name, held, on_hold, issued, burnt from "
                + table
                + " order by asset");
  }

  private Outcome outcome(Hash transaction) {
    var code =
        stored
            .jdbc()
            .queryForObject(
                "select outcome from transaction where id = ?",
                Integer.class,
                (Object) transaction.toBytes());
    return Outcome.of(code == null ? 0 : code).orElseThrow();
  }

  private Map<String, @Nullable Object> conservation(AssetId asset) {
    return stored
        .jdbc()
        .queryForMap("select * from conservation where asset = ?", (Object) asset.hash().toBytes());
  }

  @Test
  void followsATransactionFromItsHoldToItsSettlement() {
    var proposal = alice.say(pay(bob, 7));
    var id = proposal.first().id();
    keep(proposal);
    assertThat(outcome(id)).isEqualTo(Outcome.HELD);
    assertThat(conservation(AssetId.NO0S).get("on_hold")).isEqualTo(new BigDecimal(7));

    var agreement = bob.say(new Body.Agreement(id));
    keep(agreement);
    assertThat(outcome(id)).isEqualTo(Outcome.SETTLED);
    assertThat(stored.tables().settlement(id))
        .contains(new LedgerTables.Settlement(1, 2, 2, agreement.first().id()));
    assertThat(conservation(AssetId.NO0S).get("on_hold")).isEqualTo(BigDecimal.ZERO);
  }

  @Test
  void settlesWithinABlockAndWhenTheAgreementCameFirst() {
    var proposal = alice.say(pay(bob, 7));
    var agreement = bob.say(new Body.Agreement(proposal.first().id()));
    keep(proposal, agreement);
    assertThat(outcome(proposal.first().id())).isEqualTo(Outcome.SETTLED);

    var late = alice.say(pay(bob, 8));
    keep(bob.say(new Body.Agreement(late.first().id())));
    keep(late);
    assertThat(outcome(late.first().id())).isEqualTo(Outcome.SETTLED);
    assertThat(stored.tables().settlement(late.first().id()).orElseThrow().settledHeight())
        .isEqualTo(3);
  }

  @Test
  void takesAnAgreementThatIsSentAgainWithTheProposalItWaitedFor() {
    var proposal = alice.say(pay(bob, 8));
    var agreement = bob.say(new Body.Agreement(proposal.first().id()));
    keep(agreement);
    keep(agreement, proposal, proposal, agreement);

    assertThat(outcome(proposal.first().id())).isEqualTo(Outcome.SETTLED);
    assertThat(stored.jdbc().queryForList("select height from half_block order by 1", Long.class))
        .containsExactly(1L, 2L);
  }

  @Test
  void takesAProposalThatIsSentAgainInTheBlockInWhichItExpires() {
    var proposal =
        alice.say(
            new Body.Proposal(
                bob.id(), List.of(give(AssetId.NO0S, 5)), 2, new Body.Memo("soon over")));
    keep(proposal);
    keep();
    keep(proposal);

    assertThat(outcome(proposal.first().id())).isEqualTo(Outcome.EXPIRED);
  }

  @Test
  void tellsHowTransactionsEndWithoutEffect() {
    var refused = alice.say(pay(bob, 1));
    var cancelled = alice.say(pay(bob, 2));
    var tooMuch = alice.say(pay(bob, 2 * TestGalaxy.BALANCE));
    keep(refused, cancelled, tooMuch);
    keep(
        bob.say(new Body.Refusal(refused.first().id())),
        alice.say(new Body.Cancellation(cancelled.first().id())));

    assertThat(outcome(refused.first().id())).isEqualTo(Outcome.REFUSED);
    assertThat(outcome(cancelled.first().id())).isEqualTo(Outcome.CANCELLED);
    assertThat(outcome(tooMuch.first().id())).isEqualTo(Outcome.INSUFFICIENT_FUNDS);
  }

  @Test
  void accountsForIssueExchangeAndBurn() {
    var definition = alice.say(new Body.AssetDefinition("BRD", "Bread", 0));
    var bread = new AssetId(definition.first().id());
    keep(definition);
    var issue = alice.say(offer(bob, "issue", give(bread, 100)));
    var carol = galaxy.star(2);
    var exchange =
        bob.say(
            new Body.Agreement(issue.first().id()),
            offer(carol, "exchange", give(bread, 30), take(AssetId.NO0S, 5)));
    keep(issue, exchange);
    keep(carol.say(new Body.Agreement(exchange.last().id())));
    var burn = bob.say(offer(alice, "burn", give(bread, 20)));
    keep(burn);
    assertThat(conservation(bread).get("on_hold")).isEqualTo(new BigDecimal(20));
    keep(alice.say(new Body.Agreement(burn.first().id())));

    var figures = conservation(bread);
    assertThat(figures.get("issued")).isEqualTo(new BigDecimal(100));
    assertThat(figures.get("burnt")).isEqualTo(new BigDecimal(20));
    assertThat(figures.get("held")).isEqualTo(new BigDecimal(80));
  }

  @Test
  void showsWhenAnAmountWasTamperedWith() {
    keep(alice.say(pay(bob, 7)));
    stored
        .jdbc()
        .update(
            "update balance set amount = amount + 1 where star = ?", (Object) bob.id().toBytes());

    assertThat(stored.differences()).containsExactly(BigDecimal.ONE);
  }

  @Test
  void storesTextsThatTheDatabaseCannotHold() {
    keep(alice.say(offer(bob, "a\0b", give(AssetId.NO0S, 1))));

    assertThat(stored.jdbc().queryForObject("select memo from transaction", String.class))
        .isEqualTo("a\uFFFDb");
  }

  @Test
  void countsEveryReceiptOnce() {
    var proposal = alice.say(pay(bob, 7));
    keep(proposal);
    keep(bob.say(new Body.Agreement(proposal.first().id())));
    stored.keeper().on(galaxy.block(2));

    assertThat(stored.receipts(Outcome.HELD)).isEqualTo(1);
    assertThat(stored.receipts(Outcome.SETTLED)).isEqualTo(1);
    assertThat(stored.receipts(Outcome.FORK)).isZero();
  }

  @Test
  void keepsTwoHeadersForEachMemberThatSignedBoth() {
    var first = keep(alice.say(pay(bob, 1)));
    var second = new TestGalaxy("keeper", 4, 1).certify();
    var evidence = new Evidence.TwoHeaders(head(first), head(second));
    stored.keeper().on(galaxy.certify(1, List.of(evidence)));

    var rows =
        stored
            .jdbc()
            .queryForList("select kind, culprit, star, bytes from evidence order by position");
    assertThat(rows).hasSize(3);
    for (var member = 0; member < 3; member++) {
      assertThat(rows.get(member))
          .containsEntry("kind", "two-headers")
          .containsEntry("culprit", galaxy.member(member).publicKey().toBytes())
          .containsEntry("star", galaxy.genesis().galaxy().members().get(member).star().toBytes())
          .containsEntry("bytes", EvidenceCodec.encode(evidence).toArray());
    }
  }

  private static CertifiedHead head(FollowedBlock followed) {
    var block = followed.block();
    return new CertifiedHead.OfGalaxyBlock(block.header(), block.certificate());
  }

  @Test
  void keepsEvidenceAndMarksItsStar() {
    var first = alice.say(pay(bob, 1));
    var second = alice.fork(Hash.ZERO, pay(bob, 2));
    stored.keeper().on(galaxy.certify(1, List.of(new Evidence.Fork(first, second)), first));

    assertThat(stored.jdbc().queryForMap("select kind, culprit, star from evidence"))
        .containsEntry("kind", "fork")
        .containsEntry("culprit", alice.id().toBytes())
        .containsEntry("star", alice.id().toBytes());
    assertThat(
            stored
                .jdbc()
                .queryForObject(
                    "select marked from star where star = ?",
                    Boolean.class,
                    (Object) alice.id().toBytes()))
        .isTrue();
  }

  @Test
  void isFoundSoundByAnAuditUntilABlockIsDamaged() {
    keep(alice.say(pay(bob, 7)));
    keep(bob.say(pay(alice, 8)));
    var audit = new StoreAudit(galaxy.genesis(), stored.tables(), Ed25519.best());
    assertThat(audit.progress().stage()).isEqualTo(StoreAudit.Stage.NEVER_RUN);
    audit.begin();
    await()
        .untilAsserted(
            () ->
                assertThat(audit.progress())
                    .isEqualTo(new StoreAudit.Progress(StoreAudit.Stage.PASSED, 2, List.of())));

    stored
        .jdbc()
        .update("update block_content set encoded = set_byte(encoded, 300, 1) where height = 2");
    audit.begin();
    await()
        .untilAsserted(
            () -> assertThat(audit.progress().stage()).isEqualTo(StoreAudit.Stage.FAILED));
    assertThat(audit.progress().height()).isEqualTo(2);
  }

  @Test
  void changesNothingWhenABlockComesAgain() {
    keep(alice.say(pay(bob, 7)));
    keep(bob.say(new Body.AssetDefinition("X", "x", 2)));
    var before = stored.dump();

    stored.keeper().on(galaxy.block(1));
    stored.keeper().on(galaxy.block(2));
    stored.keeper().begin(galaxy.genesis());

    assertThat(stored.dump()).isEqualTo(before);
    assertThat(stored.keeper().height()).isEqualTo(2);
  }

  @Test
  void refusesAnotherBlockAtAHeightThatIsStored() {
    keep(alice.say(pay(bob, 7)));
    var before = stored.dump();
    var other = new TestGalaxy("keeper", 4, 1);
    var block = other.certify(other.star(0).say(pay(other.star(1), 8)));

    assertThatThrownBy(() -> stored.keeper().on(block))
        .isInstanceOf(BlockRefused.class)
        .hasMessageContaining("two certified blocks at one height");
    assertThat(stored.dump()).isEqualTo(before);
  }

  @Test
  void storesNothingOfABlockThatItCannotStoreAsAWhole() {
    keep(alice.say(pay(bob, 7)));
    var before = stored.dump();
    var block = galaxy.certify(bob.say(pay(alice, 9)));
    stored
        .jdbc()
        .execute("alter table balance add constraint full_disk check (amount < 0) not valid");

    assertThatThrownBy(() -> stored.keeper().on(block)).isInstanceOf(DataAccessException.class);
    assertThat(stored.dump()).isEqualTo(before);

    stored.jdbc().execute("alter table balance drop constraint full_disk");
    stored.keeper().on(block);
    assertTablesTellTheState();
  }
}
