package org.constellation.star.transaction;

import java.util.Optional;
import org.constellation.protocol.block.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a transaction's two halves. The table in {@code
 * docs/reference/transaction-status.md} is this class in words.
 *
 * @param agreed an agreement of the counterparty is known
 * @param proposalCertified a cluster certified the proposal, or the galaxy executed it
 * @param agreementCertified a cluster certified the agreement, or the galaxy executed it
 * @param end what ended it: a galaxy receipt, or that its proposal can never have one
 * @param height of the galaxy block that ended it, 0 while there is none
 */
public record Progress(
    boolean agreed,
    boolean proposalCertified,
    boolean agreementCertified,
    @Nullable Outcome end,
    long height) {

  /** A proposal and nothing else. */
  public static final Progress PROPOSED = new Progress(false, false, false, null, 0);

  /** The one status that follows. */
  public TransactionStatus status() {
    if (end != null) {
      return statusOf(end);
    }
    if (!agreed) {
      return TransactionStatus.PROPOSED;
    }
    return proposalCertified && agreementCertified
        ? TransactionStatus.CERTIFIED
        : TransactionStatus.AGREED;
  }

  /** Why it did not become final. */
  public Optional<Outcome> reason() {
    return end == null || end == Outcome.SETTLED ? Optional.empty() : Optional.of(end);
  }

  /** Whether a user who reads the one learns nothing new from the other. */
  public boolean readsLike(Progress other) {
    return status() == other.status() && end == other.end && height == other.height;
  }

  /** An agreement is stored durably or was seen. */
  public Progress withAgreement() {
    return ended() ? this : new Progress(true, proposalCertified, agreementCertified, null, 0);
  }

  /** A cluster promises the proposal's place. */
  public Progress withCertifiedProposal() {
    return ended() ? this : new Progress(agreed, true, agreementCertified, null, 0);
  }

  /** A cluster promises the agreement's place. */
  public Progress withCertifiedAgreement() {
    return ended() ? this : new Progress(true, proposalCertified, true, null, 0);
  }

  /**
   * The galaxy's word about the proposal itself, or about the transaction when its time ran out.
   *
   * @param height of the block that says so
   */
  public Progress withReceiptForProposal(Outcome outcome, long height) {
    if (ended() || !outcome.advancesChain()) {
      // What advances nothing may still be lifted: the half-block is sent again.
      return this;
    }
    return outcome == Outcome.HELD
        ? withCertifiedProposal()
        : new Progress(agreed, true, agreementCertified, outcome, height);
  }

  /**
   * The galaxy's word about an agreement, a refusal or a cancellation.
   *
   * @param height of the block that says so
   */
  public Progress withReceiptForAnswer(Outcome outcome, long height) {
    if (ended()) {
      return this;
    }
    if (outcome == Outcome.AGREEMENT_WAITING) {
      return withCertifiedAgreement();
    }
    if (undoesAgreement(outcome)) {
      return withVoidAgreement();
    }
    return endsTransaction(outcome)
        ? new Progress(agreed, proposalCertified, agreementCertified, outcome, height)
        : this;
  }

  /**
   * The proposal can never be executed: another half-block stands at its place, or nobody would
   * take it.
   *
   * @param height of the galaxy block that shows it, 0 if facilitators said so
   */
  public Progress withVoidProposal(Outcome reason, long height) {
    return ended()
        ? this
        : new Progress(agreed, proposalCertified, agreementCertified, reason, height);
  }

  /** The agreement that was known can never be executed. */
  public Progress withVoidAgreement() {
    return ended() ? this : new Progress(false, proposalCertified, false, null, 0);
  }

  /** Of the receipts for answers, those after which no hold is left. */
  private static boolean endsTransaction(Outcome outcome) {
    return outcome == Outcome.SETTLED || outcome == Outcome.REFUSED || outcome == Outcome.CANCELLED;
  }

  /** The agreement is gone, the proposal is not: the counterparty may agree again. */
  private static boolean undoesAgreement(Outcome outcome) {
    return outcome == Outcome.LAPSED
        || outcome == Outcome.TOO_MANY_WAITING
        || outcome == Outcome.WITHDRAWN
        || outcome == Outcome.INSUFFICIENT_FUNDS
        || outcome == Outcome.AMOUNT_OVERFLOW;
  }

  private boolean ended() {
    return end != null;
  }

  private static TransactionStatus statusOf(Outcome end) {
    if (end == Outcome.SETTLED) {
      return TransactionStatus.FINAL;
    }
    return end == Outcome.EXPIRED || end == Outcome.PROPOSAL_EXPIRED
        ? TransactionStatus.EXPIRED
        : TransactionStatus.REJECTED;
  }
}
