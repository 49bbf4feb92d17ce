package org.constellation.star.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
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

  private static final Set<Outcome> ENDS_OF_PROPOSALS =
      EnumSet.of(
          Outcome.INSUFFICIENT_FUNDS,
          Outcome.UNKNOWN_ASSET,
          Outcome.UNKNOWN_COUNTERPARTY,
          Outcome.VALIDITY_TOO_LONG,
          Outcome.AMOUNT_OVERFLOW,
          Outcome.TOO_MANY_HOLDS,
          Outcome.SELF_DEALING,
          Outcome.EXPIRED,
          Outcome.PROPOSAL_EXPIRED);

  private static final Set<Outcome> FOR_GOOD = EnumSet.of(Outcome.FORK, Outcome.WRONG_NETWORK);

  private static final Path TABLE = Path.of("../docs/reference/transaction-status.md");
  private static final Pattern CODE = Pattern.compile("`([A-Z_]+)`");

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

  /** The rows of the first table that name receipts, and what they promise. */
  @Test
  void isWhatTheDocumentationSays() throws IOException {
    var said = new EnumMap<Outcome, TransactionStatus>(Outcome.class);
    for (var line : Files.readAllLines(TABLE)) {
      var cells = line.split("\\|", -1);
      if (cells.length == 6 && cells[1].strip().equals("any") && cells[2].strip().equals("any")) {
        var status = CODE.matcher(cells[4]);
        assertThat(status.find()).isTrue();
        CODE.matcher(cells[3])
            .results()
            .forEach(
                code ->
                    said.put(
                        Outcome.valueOf(code.group(1)),
                        TransactionStatus.valueOf(status.group(1))));
      }
    }

    var meant = new EnumMap<Outcome, TransactionStatus>(Outcome.class);
    for (var outcome : ENDS_OF_PROPOSALS) {
      meant.put(outcome, agreed().withReceiptForProposal(outcome, HEIGHT).status());
    }
    for (var outcome : END_AS_ANSWER) {
      meant.put(outcome, agreed().withReceiptForAnswer(outcome, HEIGHT).status());
    }
    for (var outcome : FOR_GOOD) {
      meant.put(outcome, agreed().withVoidProposal(outcome, 0).status());
    }
    assertThat(said).isEqualTo(meant);
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
