package org.constellation.star;

import org.constellation.platform.web.ErrorCategory;
import org.constellation.platform.web.ErrorCode;
import org.constellation.platform.web.RequestRejected;

/** What the star-service refuses, by stable code. */
public enum StarError implements ErrorCode {
  /** No account of that name here. */
  UNKNOWN_STAR(ErrorCategory.NOT_FOUND),
  /** A text that is no star id. */
  MALFORMED_STAR(ErrorCategory.INVALID_INPUT),
  UNKNOWN_TRANSACTION(ErrorCategory.NOT_FOUND),
  MALFORMED_ID(ErrorCategory.INVALID_INPUT),
  /** No galaxy block has given the star a home yet. */
  STAR_WITHOUT_HOME(ErrorCategory.CONFLICT),
  /** The other party has no home, so the ledger does not know it. */
  COUNTERPARTY_WITHOUT_HOME(ErrorCategory.CONFLICT),
  /** Both parties are one. */
  SAME_STAR(ErrorCategory.INVALID_INPUT),
  /** Its owner keeps the key: prepare, sign, submit. */
  OWNER_SIGNS(ErrorCategory.CONFLICT),
  /** This service signs for it; a segment from elsewhere would fork its chain. */
  SERVICE_SIGNS(ErrorCategory.CONFLICT),
  STAR_EXISTS(ErrorCategory.CONFLICT),
  /** Neither an integer nor a text of digits. */
  MALFORMED_AMOUNT(ErrorCategory.INVALID_INPUT),
  AMOUNT_NOT_POSITIVE(ErrorCategory.INVALID_INPUT),
  /** More than 64 bits hold. */
  AMOUNT_TOO_LARGE(ErrorCategory.INVALID_INPUT),
  /** No kind of transaction has that name. */
  UNKNOWN_TYPE(ErrorCategory.INVALID_INPUT),
  MALFORMED_LEGS(ErrorCategory.INVALID_INPUT),
  MALFORMED_ASSET(ErrorCategory.INVALID_INPUT),
  UNKNOWN_ASSET(ErrorCategory.NOT_FOUND),
  /** Only an asset's issuer issues it. */
  NOT_ISSUER(ErrorCategory.FORBIDDEN),
  VALIDITY_OUT_OF_RANGE(ErrorCategory.INVALID_INPUT),
  TOO_LONG(ErrorCategory.INVALID_INPUT),
  /** Half of a surrogate pair, or a character that no text should have. */
  MALFORMED_TEXT(ErrorCategory.INVALID_INPUT),
  /** As many proposals are open as the network lets a star have. */
  TOO_MANY_OPEN(ErrorCategory.TOO_MANY),
  /** More requests at once than the writer takes. */
  OVERLOADED(ErrorCategory.UNAVAILABLE),
  /** More segments wait for their receipts than the service keeps. */
  NETWORK_STALLED(ErrorCategory.UNAVAILABLE),
  /** After a start, until the ledger is known as far as it was before. */
  CATCHING_UP(ErrorCategory.UNAVAILABLE),
  TOO_MANY_LISTENERS(ErrorCategory.UNAVAILABLE),
  /** The key was used for another request. */
  IDEMPOTENCY_KEY_REUSED(ErrorCategory.CONFLICT),
  MALFORMED_IDEMPOTENCY_KEY(ErrorCategory.INVALID_INPUT),
  TRANSACTION_ENDED(ErrorCategory.CONFLICT),
  /** Ledger time is past the proposal's validUntil. */
  PROPOSAL_EXPIRED(ErrorCategory.CONFLICT),
  /** The bytes are no segment. */
  MALFORMED_SEGMENT(ErrorCategory.INVALID_INPUT),
  MALFORMED_NOTICE(ErrorCategory.INVALID_INPUT),
  WRONG_NETWORK(ErrorCategory.INVALID_INPUT),
  BAD_SIGNATURE(ErrorCategory.INVALID_INPUT),
  /** Not signed by the key that signs for the star. */
  WRONG_KEY(ErrorCategory.INVALID_INPUT),
  /** Half-blocks are missing between the star's head and this segment. */
  GAP(ErrorCategory.CONFLICT),
  /** Another half-block stands at that sequence; the star's cluster is told. */
  FORK(ErrorCategory.CONFLICT),
  /** What follows a key change needs the new key's signature, so a segment of its own. */
  KEY_CHANGE_NOT_LAST(ErrorCategory.INVALID_INPUT);

  private final ErrorCategory category;

  StarError(ErrorCategory category) {
    this.category = category;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }

  /** As an exception that a caller may throw. */
  public RequestRejected because(String detail) {
    return new RequestRejected(this, detail);
  }
}
