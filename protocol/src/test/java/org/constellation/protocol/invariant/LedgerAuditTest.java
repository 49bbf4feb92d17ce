package org.constellation.protocol.invariant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.protocol.testkit.TestStar.pay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.invariant.Violation.Invariant;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StateKey;
import org.constellation.protocol.testkit.TestLedger;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.junit.jupiter.api.Test;

/** Each checker is shown the work of an execution that breaks its invariant, and bites. */
class LedgerAuditTest {

  private final TestNetwork network = TestNetwork.small();
  private final TestLedger ledger = new TestLedger(network);
  private final LedgerAudit audit = new LedgerAudit(network.genesis(), network.scheme());
  private final TestStar alice = network.star(0);
  private final TestStar bob = network.star(2);

  /** Follows a block as an execution would tell it that makes something else of the receipts. */
  private List<Invariant> follow(
      TestLedger.Draft draft, Function<List<Receipt>, List<Receipt>> broken) {
    BlockExecution.Input input = draft.input();
    var result = draft.execute();
    return audit
        .follow(input.content(), broken.apply(new ArrayList<>(result.receipts())), result.state())
        .stream()
        .map(Violation::invariant)
        .distinct()
        .toList();
  }

  private static List<Receipt> saying(List<Receipt> receipts, Outcome outcome) {
    return receipts.stream()
        .map(receipt -> new Receipt(receipt.subject(), outcome, receipt.transaction()))
        .toList();
  }

  private void pays() {
    var proposal = alice.say(pay(bob, 5, 10));
    var agreement = bob.say(new Body.Agreement(proposal.last().id()));
    assertThat(follow(ledger.block().checkpoint(0, proposal, agreement), Function.identity()))
        .isEmpty();
    assertThat(audit.compare(ledger.state())).isEmpty();
  }

  @Test
  void findsNothingWrongWithACorrectExecution() {
    pays();
    pays();
  }

  @Test
  void onceBitesWhenATransactionSettlesTwice() {
    var proposal = alice.say(pay(bob, 5, 10));
    var agreement = bob.say(new Body.Agreement(proposal.last().id()));
    assertThat(
            follow(
                ledger.block().checkpoint(0, proposal, agreement),
                receipts -> {
                  receipts.add(receipts.getLast());
                  return receipts;
                }))
        .contains(Invariant.ONCE);
  }

  @Test
  void onceBitesWhenWhatWasCancelledSettles() {
    var proposal = alice.say(pay(bob, 5, 10));
    var cancellation = alice.say(new Body.Cancellation(proposal.last().id()));
    follow(ledger.block().checkpoint(0, proposal, cancellation), Function.identity());
    var agreement = bob.say(new Body.Agreement(proposal.last().id()));
    assertThat(
            follow(
                ledger.block().checkpoint(0, agreement),
                receipts -> saying(receipts, Outcome.SETTLED)))
        .contains(Invariant.ONCE);
  }

  @Test
  void chainBitesWhenAGapIsExecuted() {
    alice.write(new Body.Refusal(Hash.ZERO));
    var beyond = alice.say(new Body.Refusal(Hash.ZERO));
    assertThat(
            follow(
                ledger.block().checkpoint(0, beyond),
                receipts -> saying(receipts, Outcome.NO_HOLD)))
        .containsExactly(Invariant.CHAIN);
  }

  @Test
  void chainBitesWhenAnotherClusterIsObeyed() {
    var segment = alice.say(new Body.Refusal(Hash.ZERO));
    assertThat(
            follow(
                ledger.block().checkpoint(1, segment),
                receipts -> saying(receipts, Outcome.NO_HOLD)))
        .containsExactly(Invariant.CHAIN);
  }

  @Test
  void chainBitesWhenAnotherKeyIsObeyed() {
    alice.signWith(network.newKey());
    var segment = alice.say(new Body.Refusal(Hash.ZERO));
    assertThat(
            follow(
                ledger.block().checkpoint(0, segment),
                receipts -> saying(receipts, Outcome.NO_HOLD)))
        .containsExactly(Invariant.CHAIN);
  }

  @Test
  void chainBitesWhenBothSidesOfAForkAreExecuted() {
    var one = alice.say(new Body.Refusal(Hash.ZERO));
    alice.goBackTo(0, Hash.ZERO);
    var other = alice.say(new Body.Cancellation(Hash.ZERO));
    assertThat(
            follow(
                ledger.block().checkpoint(0, one, other),
                receipts -> saying(receipts, Outcome.NO_HOLD)))
        .containsExactly(Invariant.CHAIN);
  }

  @Test
  void conservationBitesWhenMoreIsSpentThanThereIs() {
    var proposal = alice.say(pay(bob, 1_001, 10));
    assertThat(
            follow(
                ledger.block().checkpoint(0, proposal), receipts -> saying(receipts, Outcome.HELD)))
        .containsExactly(Invariant.CONSERVATION);
  }

  @Test
  void conservationBitesWhenABalanceGrowsByItself() {
    pays();
    var balance = Bytes.copyOf(StateKey.balance(bob.id(), AssetId.NO0S));
    var richer = Bytes.copyOf(ByteBuffer.allocate(Long.BYTES).putLong(1_006).array());
    var state =
        LedgerState.restore(
            ledger
                .state()
                .entries()
                .map(
                    entry ->
                        entry.key().equals(balance)
                            ? new LedgerState.Entry(balance, richer)
                            : entry));
    assertThat(audit.compare(state))
        .extracting(Violation::invariant)
        .contains(Invariant.CONSERVATION);
  }

  @Test
  void conservationBitesWhenABalanceVanishes() {
    pays();
    var balance = Bytes.copyOf(StateKey.balance(alice.id(), AssetId.NO0S));
    var state =
        LedgerState.restore(ledger.state().entries().filter(entry -> !entry.key().equals(balance)));
    assertThat(audit.compare(state))
        .extracting(Violation::invariant)
        .contains(Invariant.CONSERVATION);
  }
}
