package org.constellation.protocol.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.protocol.testkit.TestLedger.outcomes;
import static org.constellation.protocol.testkit.TestStar.pay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.invariant.LedgerAudit;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.testkit.HashedSignatures;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A block ends only so many entries; those that must wait are without effect until their turn. */
class DueEntriesTest {

  private static final int BLOCKS = 24;

  /** More holds than one block ends, placed by one star for one tick. */
  private static final int MANY = Transactions.ENDS_MAX + 900;

  private final TestNetwork network =
      TestNetwork.of(
          1,
          1,
          3,
          10_000,
          new Genesis.Parameters(1_000, 8, 100, 50, 2 * MANY, 2 * MANY, 1_000, 64),
          new HashedSignatures());
  private final TestLedger ledger = new TestLedger(network);
  private final TestStar alice = network.star(0);
  private final TestStar bob = network.star(1);

  private static SegmentCheck checks(TestNetwork network) {
    return SegmentCheck.verifying(network.scheme());
  }

  /** Executes the next block so that it ends {@code endsMax} entries. */
  private BlockExecution.Result runEnding(int endsMax, Segment... segments) {
    return runEnding(endsMax, ledger.block().checkpoint(0, segments));
  }

  private BlockExecution.Result runEnding(int endsMax, TestLedger.Draft draft) {
    var result = BlockExecution.execute(ledger.state(), draft.input(), checks(network), endsMax);
    ledger.goTo(result.state());
    return result;
  }

  private static Hash id(Segment segment) {
    return segment.last().id();
  }

  private static Body.Agreement agree(Segment proposal) {
    return new Body.Agreement(id(proposal));
  }

  private long no0s(TestStar star) {
    return ledger.state().balance(star.id(), AssetId.NO0S);
  }

  @Test
  void holdsOfOneTickDoNotAllEndInOneBlock() {
    var audit = new LedgerAudit(network.genesis(), network.scheme());
    var bodies = IntStream.range(0, MANY).<Body>mapToObj(_ -> pay(bob, 1, 10)).toArray(Body[]::new);
    var segments = new ArrayList<Segment>();
    for (var from = 0; from < MANY; from += Segment.LENGTH_MAX) {
      var to = Math.min(MANY, from + Segment.LENGTH_MAX);
      segments.add(alice.say(Arrays.copyOfRange(bodies, from, to)));
    }
    follow(audit, ledger.block().checkpoint(0, new CheckpointBody(segments, List.of())));
    assertThat(no0s(alice)).isEqualTo(10_000 - MANY);
    ledger.later(11);

    assertThat(follow(audit, ledger.block()).receipts())
        .hasSize(Transactions.ENDS_MAX)
        .allMatch(receipt -> receipt.outcome() == Outcome.EXPIRED)
        .extracting(Receipt::subject)
        .isSorted();
    assertThat(no0s(alice)).isEqualTo(10_000 - 900);
    assertThat(ledger.state().star(alice.id()).orElseThrow().openHolds()).isEqualTo(900);

    assertThat(follow(audit, ledger.block()).receipts()).hasSize(900);
    assertThat(no0s(alice)).isEqualTo(10_000);
    assertThat(follow(audit, ledger.block()).receipts()).isEmpty();
  }

  private static BlockExecution.Result follow(LedgerAudit audit, TestLedger.Draft draft) {
    var input = draft.input();
    var result = draft.execute();
    assertThat(audit.follow(input.content(), result.receipts(), result.state())).isEmpty();
    assertThat(audit.compare(result.state())).isEmpty();
    return result;
  }

  @Test
  void aBlockMayEndOneMoreForEachHalfBlockThatItCarries() {
    var content =
        ledger
            .block()
            .checkpoint(0, alice.say(pay(bob, 1, 10), pay(bob, 1, 10)), bob.say(pay(alice, 1, 10)))
            .input()
            .content();
    assertThat(Transactions.endsMax(content)).isEqualTo(Transactions.ENDS_MAX + 3);
  }

  @Test
  void anOverdueHoldIsExpiredForWhoeverAnswersAndKeepsTheFundsUntilItsRelease() {
    var proposal = alice.say(pay(bob, 300, 5));
    runEnding(0, proposal);
    ledger.later(6);

    var agreement = bob.say(agree(proposal));
    var refusal = bob.say(new Body.Refusal(id(proposal)));
    var cancellation = alice.say(new Body.Cancellation(id(proposal)));
    assertThat(runEnding(0, agreement, refusal, cancellation).receipts())
        .extracting(Receipt::outcome)
        .containsOnly(Outcome.PROPOSAL_EXPIRED)
        .hasSize(3);
    assertThat(no0s(alice)).isEqualTo(9_700);
    assertThat(ledger.state().hold(id(proposal))).isPresent();

    assertThat(runEnding(1).receipts())
        .containsExactly(new Receipt(id(proposal), Outcome.EXPIRED, id(proposal)));
    assertThat(no0s(alice)).isEqualTo(10_000);
    assertThat(outcomes(runEnding(1, bob.say(agree(proposal))), bob.head()))
        .containsExactly(Outcome.PROPOSAL_EXPIRED);
  }

  @Test
  void anOverdueAgreementLapsesWhenItsProposalComes() {
    var proposal = alice.say(pay(bob, 300, 90));
    var agreement = bob.say(agree(proposal));
    runEnding(0, agreement);
    ledger.later(51);

    assertThat(runEnding(0, proposal).receipts())
        .containsExactly(
            new Receipt(id(agreement), Outcome.LAPSED, id(proposal)),
            new Receipt(id(proposal), Outcome.HELD, id(proposal)));
    assertThat(no0s(bob)).isEqualTo(10_000);
    assertThat(ledger.state().star(bob.id()).orElseThrow().waiting()).isZero();
    assertThat(runEnding(9).receipts()).isEmpty();
  }

  @Test
  void anOverdueAgreementStandsInNobodysWay() {
    var proposal = alice.say(pay(bob, 300, 90));
    var first = bob.say(agree(proposal));
    runEnding(0, first);
    ledger.later(51);

    var second = bob.say(agree(proposal));
    assertThat(runEnding(0, second).receipts())
        .containsExactly(
            new Receipt(id(first), Outcome.LAPSED, id(proposal)),
            new Receipt(id(second), Outcome.AGREEMENT_WAITING, id(proposal)));
    assertThat(outcomes(runEnding(0, proposal), id(second))).containsExactly(Outcome.SETTLED);
  }

  @Test
  void anOverdueAgreementCannotBeWithdrawn() {
    var proposal = alice.say(pay(bob, 300, 90));
    var agreement = bob.say(agree(proposal));
    runEnding(0, agreement);
    ledger.later(51);

    var refusal = bob.say(new Body.Refusal(id(proposal)));
    assertThat(runEnding(0, refusal).receipts())
        .containsExactly(
            new Receipt(id(agreement), Outcome.LAPSED, id(proposal)),
            new Receipt(id(refusal), Outcome.NO_HOLD, id(proposal)));
  }

  @Test
  void whatShouldBeForgottenIsForgotten() {
    var proposal = alice.say(pay(bob, 1, 5));
    runEnding(0, proposal, bob.say(agree(proposal)));
    ledger.later(6);

    var late = bob.say(agree(proposal));
    assertThat(outcomes(runEnding(0, late), id(late))).containsExactly(Outcome.AGREEMENT_WAITING);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 300);
  }

  /** Two ledgers with the same blocks: one ends an entry or two a block, one all that is due. */
  @ParameterizedTest
  @MethodSource("seeds")
  void halfBlocksFareAsIfEverythingDueHadEnded(long seed) {
    var history = RandomHistory.ofPlenty(seed);
    var checks = checks(history.network());
    var endsMax = 1 + (int) (seed % 2);
    var audit = new LedgerAudit(history.network().genesis(), history.network().scheme());
    var unlimited = history.ledger().state();
    var ends = new HashSet<Receipt>();
    var unlimitedEnds = new HashSet<Receipt>();
    for (var i = 0; i < BLOCKS; i++) {
      var input = history.next().input();
      var result = BlockExecution.execute(history.ledger().state(), input, checks, endsMax);
      var expected = BlockExecution.execute(unlimited, input, checks, Integer.MAX_VALUE);
      var where = "seed %d, block %d".formatted(seed, i);
      assertThat(others(result)).as(where).isEqualTo(others(expected));
      ends.addAll(ends(result));
      unlimitedEnds.addAll(ends(expected));
      assertThat(unlimitedEnds).as(where).containsAll(ends);
      assertThat(expired(result)).as(where).hasSizeLessThanOrEqualTo(endsMax);
      assertThat(audit.follow(input.content(), result.receipts(), result.state()))
          .as(where)
          .isEmpty();
      assertThat(audit.compare(result.state())).as(where).isEmpty();
      assertThat(LedgerState.restore(result.state().entries()).root())
          .isEqualTo(result.state().root());
      history.ledger().goTo(result.state());
      unlimited = expected.state();
    }
    drain(history, unlimited, endsMax, ends, unlimitedEnds);
  }

  /** Blocks without content end what is left; then nothing tells the two ledgers apart. */
  private static void drain(
      RandomHistory history,
      LedgerState unlimited,
      int endsMax,
      Set<Receipt> ends,
      Set<Receipt> unlimitedEnds) {
    var checks = checks(history.network());
    var ledger = history.ledger();
    var ended = endsMax;
    while (ended > 0) {
      ledger.later(Transactions.LATE_ANSWER_TICKS + 100);
      var input = ledger.block().input();
      var before = ledger.state();
      var result = BlockExecution.execute(before, input, checks, endsMax);
      var expected = BlockExecution.execute(unlimited, input, checks, Integer.MAX_VALUE);
      ended = expired(result).size() + (before.size() - result.state().size()) / 2;
      assertThat(ended).isLessThanOrEqualTo(endsMax);
      ends.addAll(ends(result));
      unlimitedEnds.addAll(ends(expected));
      ledger.goTo(result.state());
      unlimited = expected.state();
    }
    assertThat(ends).isEqualTo(unlimitedEnds);
    assertThat(ledger.state().root()).isEqualTo(unlimited.root());
  }

  private static boolean isEnd(Receipt receipt) {
    return receipt.outcome() == Outcome.EXPIRED || receipt.outcome() == Outcome.LAPSED;
  }

  private static List<Receipt> ends(BlockExecution.Result result) {
    return result.receipts().stream().filter(DueEntriesTest::isEnd).toList();
  }

  private static List<Receipt> others(BlockExecution.Result result) {
    return result.receipts().stream().filter(receipt -> !isEnd(receipt)).toList();
  }

  private static List<Receipt> expired(BlockExecution.Result result) {
    return result.receipts().stream()
        .filter(receipt -> receipt.outcome() == Outcome.EXPIRED)
        .toList();
  }

  /** Funds that are still held may be missed; nothing else goes wrong. */
  @ParameterizedTest
  @MethodSource("seeds")
  void keepsEveryInvariantWhereFundsAndPlacesAreScarce(long seed) {
    var history = new RandomHistory(seed);
    var audit = new LedgerAudit(history.network().genesis(), history.network().scheme());
    for (var i = 0; i < BLOCKS; i++) {
      var input = history.next().input();
      var result =
          BlockExecution.execute(history.ledger().state(), input, checks(history.network()), 1);
      var where = "seed %d, block %d".formatted(seed, i);
      assertThat(audit.follow(input.content(), result.receipts(), result.state()))
          .as(where)
          .isEmpty();
      assertThat(audit.compare(result.state())).as(where).isEmpty();
      assertThat(expired(result)).as(where).hasSizeLessThanOrEqualTo(1);
      history.ledger().goTo(result.state());
    }
  }
}
