package org.constellation.protocol.proof;

import java.util.Optional;

/** A proof that proves nothing. */
public record Refuted(Reason reason, String detail)
    implements TransactionProof.Verdict,
        BalanceProof.Verdict,
        ExclusionProof.Verdict,
        EvidenceProof.Verdict {

  /** Why; the names are stable. */
  public enum Reason {
    /** The bytes are no proof. */
    MALFORMED,
    /** Of another network than the genesis file's. */
    OTHER_NETWORK,
    /** The block is of an era whose committee is not known. */
    UNKNOWN_ERA,
    /** The header has no n-f signatures of the committee. */
    NOT_CERTIFIED,
    /** The half-blocks are no proposal and its agreement. */
    NO_TRANSACTION,
    /** The agreement is to another proposal. */
    OTHER_PROPOSAL,
    /** The agreement is not the counterparty's. */
    NOT_COUNTERPARTY,
    /** The block has no such receipt at the place named. */
    NOT_IN_RECEIPTS,
    /** The state has no such entry. */
    NOT_IN_STATE,
    /** The state is not the one that the header names. */
    OTHER_STATE,
    /** The statements are no contradiction, or not the culprit's. */
    NO_OFFENCE,
    /** A star did not sign what is shown as its own. */
    BAD_SIGNATURE
  }

  static Optional<Refuted> because(Reason reason, String detail) {
    return Optional.of(new Refuted(reason, detail));
  }
}
