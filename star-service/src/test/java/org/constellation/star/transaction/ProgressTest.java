package org.constellation.star.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.constellation.protocol.block.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of {@code docs/reference/transaction-status.md}, row by row. */
class ProgressTest {

  private static final long HEIGHT = 7;

  private static final Set<Outcome> UNDO_AN_AGREEMENT =
      EnumSet.of(
          Outcome.LAPSED,
          Outcome.TOO_MANY_WAITING,
          Outcome.WITHDRAWN,
          Outcome.INSUFFICIENT_FUNDS,
          Outcome.AMOUNT_OVERFLOW);

  private static final Set<Outcome> END_AS_ANSWER =
      EnumSet.of(Outcome.SETTLED, Outcome.REFUSED, Outcome.CANCELLED);

  @ParameterizedTest
  @CsvSource({
    "false, false, false, PROPOSED",
    "false, true,  false, PROPOSED",
    "true,  false, false, AGREED",
    "true,  true,  false, AGREED",
    "true,  false, true,  AGREED",
    "true,  true,  true,  CERTIFIED"
  })
  void isAPromiseUntilTheGalaxySpeaks(
      boolean agreed, boolean proposal, boolean agreement, TransactionStatus expected) {
    assertThat(new Progress(agreed, proposal, agreement, null, 0).status()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void endsByEveryReceiptForTheProposalThatAdvancesItsChainButHeld(Outcome outcome) {
    var after = agreed().withReceiptForProposal(outcome, HEIGHT);

    var ends = outcome.advancesChain() && outcome != Outcome.HELD;
    assertThat(after.status().isEnd()).isEqualTo(ends);
    if (ends) {
      assertThat(after.status()).isEqualTo(endOf(outcome));
      assertThat(after.height()).isEqualTo(HEIGHT);
    }
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void endsByReceiptsForAnswersOnlyWhereNoHoldIsLeft(Outcome outcome) {
    var after = agreed().withReceiptForAnswer(outcome, HEIGHT);

    assertThat(after.status().isEnd()).isEqualTo(END_AS_ANSWER.contains(outcome));
    if (UNDO_AN_AGREEMENT.contains(outcome)) {
      assertThat(after.status()).isEqualTo(TransactionStatus.PROPOSED);
    }
  }

  private static TransactionStatus endOf(Outcome outcome) {
    if (outcome == Outcome.SETTLED) {
      return TransactionStatus.FINAL;
    }
    return EnumSet.of(Outcome.EXPIRED, Outcome.PROPOSAL_EXPIRED).contains(outcome)
        ? TransactionStatus.EXPIRED
        : TransactionStatus.REJECTED;
  }

  @Test
  void becomesCertifiedWhenTheGalaxyExecutedOneHalfAndAClusterPromisedTheOther() {
    var held = agreed().withReceiptForProposal(Outcome.HELD, HEIGHT);
    assertThat(held.status()).isEqualTo(TransactionStatus.AGREED);
    assertThat(held.withCertifiedAgreement().status()).isEqualTo(TransactionStatus.CERTIFIED);

    var waiting = agreed().withReceiptForAnswer(Outcome.AGREEMENT_WAITING, HEIGHT);
    assertThat(waiting.status()).isEqualTo(TransactionStatus.AGREED);
    assertThat(waiting.withCertifiedProposal().status()).isEqualTo(TransactionStatus.CERTIFIED);
  }

  @Test
  void isRejectedAlsoAfterCertified() {
    var certified = agreed().withCertifiedProposal().withCertifiedAgreement();
    var after = certified.withReceiptForProposal(Outcome.INSUFFICIENT_FUNDS, HEIGHT);

    assertThat(after.status()).isEqualTo(TransactionStatus.REJECTED);
    assertThat(after.reason()).contains(Outcome.INSUFFICIENT_FUNDS);
  }

  @Test
  void staysAsItEnded() {
    var done = agreed().withReceiptForAnswer(Outcome.SETTLED, HEIGHT);

    assertThat(done.withReceiptForProposal(Outcome.EXPIRED, HEIGHT + 1)).isEqualTo(done);
    assertThat(done.withReceiptForAnswer(Outcome.REFUSED, HEIGHT + 1)).isEqualTo(done);
    assertThat(done.withAgreement()).isEqualTo(done);
    assertThat(done.withCertifiedProposal()).isEqualTo(done);
    assertThat(done.withCertifiedAgreement()).isEqualTo(done);
    assertThat(done.reason()).isEmpty();
  }

  private static Progress agreed() {
    return Progress.PROPOSED.withAgreement();
  }
}
