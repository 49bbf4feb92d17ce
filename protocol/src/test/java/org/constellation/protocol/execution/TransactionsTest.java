package org.constellation.protocol.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.protocol.testkit.TestLedger.outcomes;
import static org.constellation.protocol.testkit.TestStar.give;
import static org.constellation.protocol.testkit.TestStar.offer;
import static org.constellation.protocol.testkit.TestStar.pay;
import static org.constellation.protocol.testkit.TestStar.take;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Leg;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.junit.jupiter.api.Test;

/** Stars 0, 2, 4 live in cluster 0, stars 1, 3, 5 in cluster 1; each begins with 1,000 no0s. */
class TransactionsTest {

  private static final AssetId NO0S = AssetId.NO0S;

  private final TestNetwork network = TestNetwork.small();
  private final TestLedger ledger = new TestLedger(network);
  private final TestStar alice = network.star(0);
  private final TestStar bob = network.star(2);
  private final TestStar carol = network.star(4);
  private final TestStar distant = network.star(1);

  private BlockExecution.Result run(Segment... segments) {
    return ledger.run(0, segments);
  }

  private Outcome outcomeOf(Segment segment) {
    return outcomes(run(segment), segment.last().id()).getLast();
  }

  private long no0s(TestStar star) {
    return ledger.state().balance(star.id(), NO0S);
  }

  private static Hash id(Segment segment) {
    return segment.last().id();
  }

  private static Body.Agreement agree(Segment proposal) {
    return new Body.Agreement(id(proposal));
  }

  private AssetId define(TestStar issuer) {
    var definition = issuer.say(new Body.AssetDefinition("PTS", "points", 2));
    assertThat(outcomeOf(definition)).isEqualTo(Outcome.RECORDED);
    return new AssetId(id(definition));
  }

  /** Offers and countersigns in one block. */
  private List<Outcome> exchange(TestStar from, TestStar to, Leg... legs) {
    var proposal = from.say(offer(to, ledger.tick() + 10, legs));
    var agreement = to.say(agree(proposal));
    var result = run(proposal, agreement);
    return List.of(
        outcomes(result, id(proposal)).getLast(), outcomes(result, id(agreement)).getLast());
  }

  @Test
  void holdsWhatIsOfferedAndMovesItWhenAgreed() {
    var proposal = alice.say(pay(bob, 300, 10));
    assertThat(outcomeOf(proposal)).isEqualTo(Outcome.HELD);
    assertThat(no0s(alice)).isEqualTo(700);
    assertThat(no0s(bob)).isEqualTo(1_000);
    assertThat(ledger.state().hold(id(proposal))).isPresent();
    assertThat(ledger.state().star(alice.id()).orElseThrow().openHolds()).isEqualTo(1);

    var agreement = bob.say(agree(proposal));
    var result = run(agreement);

    assertThat(result.receipts())
        .containsExactly(new Receipt(id(agreement), Outcome.SETTLED, id(proposal)));
    assertThat(no0s(alice)).isEqualTo(700);
    assertThat(no0s(bob)).isEqualTo(1_300);
    assertThat(ledger.state().hold(id(proposal))).isEmpty();
    assertThat(ledger.state().star(alice.id()).orElseThrow().openHolds()).isZero();
  }

  @Test
  void settlesAcrossClustersWhicheverHalfComesFirst() {
    var proposal = alice.say(pay(distant, 1, 10));
    var agreement = distant.say(agree(proposal));
    var result = ledger.block().checkpoint(1, agreement).checkpoint(0, proposal).execute();

    assertThat(result.receipts())
        .containsExactly(
            new Receipt(id(agreement), Outcome.AGREEMENT_WAITING, id(proposal)),
            new Receipt(id(proposal), Outcome.HELD, id(proposal)),
            new Receipt(id(agreement), Outcome.SETTLED, id(proposal)));
    assertThat(no0s(distant)).isEqualTo(1_001);
    assertThat(ledger.state().star(distant.id()).orElseThrow().waiting()).isZero();
  }

  @Test
  void anAgreementThatCameEarlyIsToldWhenItsProposalIsRejected() {
    var proposal = alice.say(pay(bob, 1_001, 10));
    var agreement = bob.say(agree(proposal));
    var result = run(agreement, proposal);

    assertThat(outcomes(result, id(proposal))).containsExactly(Outcome.INSUFFICIENT_FUNDS);
    assertThat(outcomes(result, id(agreement)))
        .containsExactly(Outcome.AGREEMENT_WAITING, Outcome.NO_HOLD);
    assertThat(ledger.state().star(bob.id()).orElseThrow().waiting()).isZero();
  }

  @Test
  void anEarlyAgreementOfAnotherStarDoesNotSettle() {
    var proposal = alice.say(pay(bob, 1, 10));
    var meddling = carol.say(agree(proposal));
    var result = run(meddling, proposal);

    assertThat(outcomes(result, id(proposal))).containsExactly(Outcome.HELD);
    assertThat(outcomes(result, id(meddling))).containsExactly(Outcome.AGREEMENT_WAITING);
    assertThat(no0s(carol)).isEqualTo(1_000);
  }

  @Test
  void aWaitingAgreementLapses() {
    var proposal = alice.say(pay(bob, 1, 100));
    var agreement = bob.say(agree(proposal));
    run(agreement);
    ledger.later(50);
    assertThat(run().receipts()).isEmpty();
    ledger.later(1);

    assertThat(run().receipts())
        .containsExactly(new Receipt(id(agreement), Outcome.LAPSED, id(proposal)));
    assertThat(ledger.state().star(bob.id()).orElseThrow().waiting()).isZero();
    assertThat(outcomeOf(proposal)).isEqualTo(Outcome.HELD);
  }

  @Test
  void aRefusalTakesBackAnAgreementThatStillWaits() {
    var proposal = alice.say(pay(bob, 1, 10));
    var agreement = bob.say(agree(proposal));
    var refusal = bob.say(new Body.Refusal(id(proposal)));
    var result = run(agreement, refusal, proposal);

    assertThat(outcomes(result, id(refusal))).containsExactly(Outcome.WITHDRAWN);
    assertThat(outcomes(result, id(agreement)))
        .containsExactly(Outcome.AGREEMENT_WAITING, Outcome.WITHDRAWN);
    assertThat(outcomes(result, id(proposal))).containsExactly(Outcome.HELD);
  }

  @Test
  void anAgreementThatWaitsNoMoreLeavesNothingBehind() {
    var size = ledger.state().size();
    var proposal = alice.say(pay(bob, 1, 10));
    run(bob.say(agree(proposal)));
    assertThat(ledger.state().size()).isEqualTo(size + 2);
    run(bob.say(new Body.Refusal(id(proposal))));
    assertThat(ledger.state().size()).isEqualTo(size);
  }

  @Test
  void validUntilIsTheLastTickInWhichAnAgreementCounts() {
    var proposal = alice.say(pay(bob, 1, 5));
    run(proposal);
    ledger.later(5);
    assertThat(outcomeOf(bob.say(agree(proposal)))).isEqualTo(Outcome.SETTLED);

    var second = alice.say(pay(bob, 1, 7));
    run(second);
    ledger.later(3);
    var late = bob.say(agree(second));
    assertThat(run(late).receipts())
        .containsExactly(
            new Receipt(id(second), Outcome.EXPIRED, id(second)),
            new Receipt(id(late), Outcome.PROPOSAL_EXPIRED, id(second)));
    assertThat(no0s(alice)).isEqualTo(999);
  }

  @Test
  void whatExpiresInOneBlockEndsByTickThenById() {
    var later = alice.say(pay(bob, 1, 4));
    var one = alice.say(pay(bob, 1, 3));
    var other = alice.say(pay(bob, 1, 3));
    run(later, one, other);
    ledger.later(8);

    var byId = id(one).compareTo(id(other)) < 0 ? List.of(one, other) : List.of(other, one);
    assertThat(run().receipts())
        .extracting(Receipt::subject)
        .containsExactly(id(byId.get(0)), id(byId.get(1)), id(later));
    assertThat(no0s(alice)).isEqualTo(1_000);
  }

  @Test
  void refusalAndCancellationReleaseTheHold() {
    var refused = alice.say(pay(bob, 400, 10));
    var cancelled = alice.say(pay(bob, 500, 10));
    run(refused, cancelled);
    assertThat(no0s(alice)).isEqualTo(100);

    var refusal = bob.say(new Body.Refusal(id(refused)));
    var cancellation = alice.say(new Body.Cancellation(id(cancelled)));
    assertThat(run(refusal, cancellation).receipts())
        .containsExactly(
            new Receipt(id(refusal), Outcome.REFUSED, id(refused)),
            new Receipt(id(cancellation), Outcome.CANCELLED, id(cancelled)));
    assertThat(no0s(alice)).isEqualTo(1_000);
    assertThat(outcomeOf(bob.say(agree(refused)))).isEqualTo(Outcome.NO_HOLD);
    assertThat(outcomeOf(bob.say(agree(cancelled)))).isEqualTo(Outcome.NO_HOLD);
  }

  @Test
  void onlyTheCounterpartyAnswersAndOnlyTheProposerCancels() {
    var proposal = alice.say(pay(bob, 1, 10));
    run(proposal);
    assertThat(outcomeOf(carol.say(agree(proposal)))).isEqualTo(Outcome.NOT_COUNTERPARTY);
    assertThat(outcomeOf(carol.say(new Body.Refusal(id(proposal)))))
        .isEqualTo(Outcome.NOT_COUNTERPARTY);
    assertThat(outcomeOf(alice.say(agree(proposal)))).isEqualTo(Outcome.NOT_COUNTERPARTY);
    assertThat(outcomeOf(bob.say(new Body.Cancellation(id(proposal)))))
        .isEqualTo(Outcome.NOT_PROPOSER);
    assertThat(outcomeOf(bob.say(agree(proposal)))).isEqualTo(Outcome.SETTLED);
  }

  @Test
  void settlesOnceHoweverOftenItIsAgreedTo() {
    var proposal = alice.say(pay(bob, 1, 10));
    run(proposal, bob.say(agree(proposal)));
    assertThat(outcomeOf(bob.say(agree(proposal)))).isEqualTo(Outcome.ALREADY_SETTLED);
    assertThat(outcomeOf(bob.say(new Body.Refusal(id(proposal)))))
        .isEqualTo(Outcome.ALREADY_SETTLED);
    assertThat(outcomeOf(alice.say(new Body.Cancellation(id(proposal)))))
        .isEqualTo(Outcome.ALREADY_SETTLED);
    assertThat(no0s(bob)).isEqualTo(1_001);
  }

  @Test
  void aSettledProposalIsForgottenAfterItsTime() {
    var size = ledger.state().size();
    var proposal = alice.say(pay(bob, 1, 5));
    run(proposal, bob.say(agree(proposal)));
    ledger.later(6);
    run();
    assertThat(ledger.state().proposal(id(proposal))).isEmpty();
    assertThat(ledger.state().size()).isEqualTo(size);
  }

  @Test
  void anExpiredProposalIsForgottenSomeTimeLater() {
    var size = ledger.state().size();
    var proposal = alice.say(pay(bob, 1, 5));
    run(proposal);
    ledger.later(6);
    run();
    assertThat(ledger.state().proposal(id(proposal))).isPresent();
    ledger.later(Transactions.LATE_ANSWER_TICKS + 1);
    assertThat(run().receipts()).isEmpty();
    assertThat(ledger.state().size()).isEqualTo(size);
  }

  @Test
  void anIssuerIssuesByGivingAndBurnsByReceiving() {
    var points = define(carol);
    assertThat(exchange(carol, bob, give(points, 50)))
        .containsExactly(Outcome.HELD, Outcome.SETTLED);
    assertThat(ledger.state().balance(bob.id(), points)).isEqualTo(50);
    assertThat(ledger.state().balance(carol.id(), points)).isZero();
    assertThat(ledger.state().asset(points).orElseThrow().supply()).isEqualTo(50);

    assertThat(exchange(bob, carol, give(points, 20)))
        .containsExactly(Outcome.HELD, Outcome.SETTLED);
    assertThat(ledger.state().balance(carol.id(), points)).isZero();
    assertThat(ledger.state().asset(points).orElseThrow().supply()).isEqualTo(30);

    // The issuer may also ask for its own points, and be asked for them.
    assertThat(exchange(carol, bob, take(points, 30)))
        .containsExactly(Outcome.HELD, Outcome.SETTLED);
    assertThat(exchange(alice, carol, take(points, 7)))
        .containsExactly(Outcome.HELD, Outcome.SETTLED);
    assertThat(ledger.state().asset(points).orElseThrow().supply()).isEqualTo(7);
    assertThat(ledger.state().balance(alice.id(), points)).isEqualTo(7);
  }

  @Test
  void anExchangeMovesAllLegsOrNone() {
    var points = define(carol);
    exchange(carol, bob, give(points, 50));
    var proposal = alice.say(offer(bob, ledger.tick() + 10, give(NO0S, 100), take(points, 51)));
    run(proposal);
    assertThat(outcomeOf(bob.say(agree(proposal)))).isEqualTo(Outcome.INSUFFICIENT_FUNDS);
    assertThat(no0s(alice)).isEqualTo(900);
    assertThat(no0s(bob)).isEqualTo(1_000);
    assertThat(ledger.state().hold(id(proposal))).isPresent();

    // The hold lives on: bob gets what he lacks and agrees again.
    exchange(carol, bob, give(points, 1));
    assertThat(outcomeOf(bob.say(agree(proposal)))).isEqualTo(Outcome.SETTLED);
    assertThat(no0s(bob)).isEqualTo(1_100);
    assertThat(ledger.state().balance(alice.id(), points)).isEqualTo(51);
    assertThat(ledger.state().balances(bob.id())).containsOnlyKeys(NO0S);
  }

  @Test
  void aStarPaysWithWhatItHasNotWithWhatItGetsInTheSameTransaction() {
    assertThat(exchange(alice, bob, give(NO0S, 1_000), take(NO0S, 1_001)))
        .containsExactly(Outcome.HELD, Outcome.INSUFFICIENT_FUNDS);
  }

  @Test
  void legsOfOneAssetAndDirectionAreAddedUp() {
    assertThat(exchange(alice, bob, give(NO0S, 600), give(NO0S, 401)))
        .first()
        .isEqualTo(Outcome.INSUFFICIENT_FUNDS);
    assertThat(exchange(alice, bob, give(NO0S, 600), give(NO0S, 400)))
        .containsExactly(Outcome.HELD, Outcome.SETTLED);
    assertThat(ledger.state().balances(alice.id())).isEmpty();
  }

  @Test
  void amountsThatTogetherExceed63BitsAreRejected() {
    var most = Long.MAX_VALUE;
    assertThat(exchange(alice, bob, give(NO0S, most), give(NO0S, 1)))
        .first()
        .isEqualTo(Outcome.AMOUNT_OVERFLOW);
    assertThat(exchange(alice, bob, take(NO0S, most), take(NO0S, most), take(NO0S, 5)))
        .first()
        .isEqualTo(Outcome.AMOUNT_OVERFLOW);

    var points = define(carol);
    assertThat(exchange(carol, alice, give(points, most))).last().isEqualTo(Outcome.SETTLED);
    assertThat(exchange(carol, bob, give(points, 1))).last().isEqualTo(Outcome.AMOUNT_OVERFLOW);
    assertThat(exchange(alice, bob, give(points, most))).last().isEqualTo(Outcome.SETTLED);
    assertThat(exchange(bob, carol, give(points, most))).last().isEqualTo(Outcome.SETTLED);
    assertThat(ledger.state().asset(points).orElseThrow().supply()).isZero();
  }

  @Test
  void rejectsProposalsThatCannotTakeEffect() {
    var tomorrow = ledger.tick() + 101;
    assertThat(outcomeOf(alice.say(pay(alice, 1, 10)))).isEqualTo(Outcome.SELF_DEALING);
    assertThat(outcomeOf(alice.say(pay(bob, 1, tomorrow)))).isEqualTo(Outcome.VALIDITY_TOO_LONG);
    assertThat(outcomeOf(alice.say(pay(bob, 1, Long.MAX_VALUE))))
        .isEqualTo(Outcome.VALIDITY_TOO_LONG);
    assertThat(outcomeOf(alice.say(pay(network.newStar(), 1, 10))))
        .isEqualTo(Outcome.UNKNOWN_COUNTERPARTY);
    var nothing = new AssetId(Hash.fromHex("ab".repeat(32)));
    assertThat(outcomeOf(alice.say(offer(bob, 10, give(nothing, 1)))))
        .isEqualTo(Outcome.UNKNOWN_ASSET);
    assertThat(outcomeOf(alice.say(offer(bob, 10, take(nothing, 1)))))
        .isEqualTo(Outcome.UNKNOWN_ASSET);
    ledger.later(2);
    assertThat(outcomeOf(alice.say(pay(bob, 1, 1)))).isEqualTo(Outcome.PROPOSAL_EXPIRED);
    assertThat(no0s(alice)).isEqualTo(1_000);
    assertThat(ledger.state().star(alice.id()).orElseThrow().sequence()).isEqualTo(7);
  }

  @Test
  void aProposalWithoutLegsIsAgreedToLikeAnyOther() {
    assertThat(exchange(alice, bob)).containsExactly(Outcome.HELD, Outcome.SETTLED);
  }

  @Test
  void releasesTheNewestHoldsBeyondTheLimitAtTheEndOfABlock() {
    var proposals = IntStream.range(0, 6).mapToObj(_ -> alice.say(pay(bob, 10, 20))).toList();
    var agreement = bob.say(agree(proposals.get(4)));
    var segments = new ArrayList<>(proposals);
    segments.add(agreement);
    var result = run(segments.toArray(Segment[]::new));

    // Six were placed, one settled, three may stay: the newest two of the rest go, newest first.
    assertThat(result.receipts())
        .filteredOn(receipt -> receipt.outcome() == Outcome.TOO_MANY_HOLDS)
        .extracting(Receipt::subject)
        .containsExactly(id(proposals.get(5)), id(proposals.get(3)));
    assertThat(ledger.state().star(alice.id()).orElseThrow().openHolds()).isEqualTo(3);
    assertThat(no0s(alice)).isEqualTo(960);
    assertThat(outcomeOf(bob.say(agree(proposals.get(5))))).isEqualTo(Outcome.NO_HOLD);

    // A full star may still place what settles inside the block.
    assertThat(exchange(alice, bob, give(NO0S, 1))).containsExactly(Outcome.HELD, Outcome.SETTLED);
  }

  @Test
  void releasesTheNewestWaitingAgreementsBeyondTheLimit() {
    var proposals = IntStream.range(0, 5).mapToObj(_ -> alice.say(pay(bob, 10, 20))).toList();
    var agreements = proposals.stream().map(proposal -> bob.say(agree(proposal))).toList();
    var result = run(agreements.toArray(Segment[]::new));

    assertThat(result.receipts())
        .filteredOn(receipt -> receipt.outcome() == Outcome.TOO_MANY_WAITING)
        .extracting(Receipt::subject)
        .containsExactly(id(agreements.get(4)), id(agreements.get(3)));
    assertThat(ledger.state().star(bob.id()).orElseThrow().waiting()).isEqualTo(3);
    assertThat(outcomeOf(bob.say(agree(proposals.get(0))))).isEqualTo(Outcome.ALREADY_WAITING);
  }
}
