package org.constellation.star;

import org.constellation.platform.web.ErrorCategory;
import org.constellation.platform.web.ErrorCode;
import org.constellation.platform.web.RequestRejected;

/** What the star-service refuses, by stable code. */
public enum StarError implements ErrorCode {
  /** This service has no account of that star, which may have one elsewhere. */
  UNKNOWN_STAR(ErrorCategory.NOT_FOUND),
  /** A star's id or public key is missing or mistyped; the detail says where. */
  MALFORMED_STAR(ErrorCategory.INVALID_INPUT),
  /** This service has not seen a transaction with that id. */
  UNKNOWN_TRANSACTION(ErrorCategory.NOT_FOUND),
  /**
   * An id does not have 64 hexadecimal digits, {@code Last-Event-ID} is no event's id, or {@code
   * after} no page's {@code next}.
   */
  MALFORMED_ID(ErrorCategory.INVALID_INPUT),
  /** No galaxy block has given the star a home yet, which takes some seconds after its opening. */
  STAR_WITHOUT_HOME(ErrorCategory.CONFLICT),
  /** The other party has no home, so the ledger does not know it, or not yet. */
  COUNTERPARTY_WITHOUT_HOME(ErrorCategory.CONFLICT),
  /** Both parties of the transaction are one star. */
  SAME_STAR(ErrorCategory.INVALID_INPUT),
  /** The star's owner keeps its key: prepare, sign, submit. */
  OWNER_SIGNS(ErrorCategory.CONFLICT),
  /** This service signs for the star; a segment from elsewhere would fork its chain. */
  SERVICE_SIGNS(ErrorCategory.CONFLICT),
  /** The star that is to be opened has an account here already. */
  STAR_EXISTS(ErrorCategory.CONFLICT),
  /** An amount is missing, or neither an integer nor a text of digits. */
  MALFORMED_AMOUNT(ErrorCategory.INVALID_INPUT),
  /** An amount is 0 or less. */
  AMOUNT_NOT_POSITIVE(ErrorCategory.INVALID_INPUT),
  /** An amount, or the sum of what moves of an asset in one direction, needs more than 64 bits. */
  AMOUNT_TOO_LARGE(ErrorCategory.INVALID_INPUT),
  /** No kind of transaction has that name. */
  UNKNOWN_TYPE(ErrorCategory.INVALID_INPUT),
  /** The legs do not fit the type, are too many or none, or a direction is neither of the two. */
  MALFORMED_LEGS(ErrorCategory.INVALID_INPUT),
  /** An exchange gives and takes one and the same asset. */
  SAME_ASSET(ErrorCategory.INVALID_INPUT),
  /** An asset's id is mistyped, or an asset to be defined breaks a limit that the detail names. */
  MALFORMED_ASSET(ErrorCategory.INVALID_INPUT),
  /** An asset is to be issued or redeemed that the ledger does not know, or not yet. */
  UNKNOWN_ASSET(ErrorCategory.NOT_FOUND),
  /** Only an asset's issuer issues it, and only to its issuer does it go back. */
  NOT_ISSUER(ErrorCategory.FORBIDDEN),
  /** The proposal is to be valid for less than one tick, or longer than the network allows. */
  VALIDITY_OUT_OF_RANGE(ErrorCategory.INVALID_INPUT),
  /** A text has more bytes in UTF-8 than a half-block has room for. */
  TOO_LONG(ErrorCategory.INVALID_INPUT),
  /** A text has half of a surrogate pair, or a character that no text should have. */
  MALFORMED_TEXT(ErrorCategory.INVALID_INPUT),
  /** As many proposals of the star are open as the network lets it have. */
  TOO_MANY_OPEN(ErrorCategory.TOO_MANY),
  /** More requests came at once than the writer takes, or nothing can be stored at the moment. */
  OVERLOADED(ErrorCategory.UNAVAILABLE),
  /** More segments wait for their receipts than the service keeps. */
  NETWORK_STALLED(ErrorCategory.UNAVAILABLE),
  /** The service has just started, and has not read the ledger to its end yet. */
  CATCHING_UP(ErrorCategory.UNAVAILABLE),
  /** As many streams of events are open as the service serves. */
  TOO_MANY_LISTENERS(ErrorCategory.UNAVAILABLE),
  /** The idempotency key was used for another request of this star in the last 7 days. */
  IDEMPOTENCY_KEY_REUSED(ErrorCategory.CONFLICT),
  /** An idempotency key is empty, longer than 128 characters, or not visible ASCII. */
  MALFORMED_IDEMPOTENCY_KEY(ErrorCategory.INVALID_INPUT),
  /** The transaction that is answered is final, rejected or expired already. */
  TRANSACTION_ENDED(ErrorCategory.CONFLICT),
  /** Ledger time is past the proposal's validUntil. */
  PROPOSAL_EXPIRED(ErrorCategory.CONFLICT),
  /** The bytes are no segment, or the half-blocks do not link to one. */
  MALFORMED_SEGMENT(ErrorCategory.INVALID_INPUT),
  /** The bytes are no join notice of the key that is named. */
  MALFORMED_NOTICE(ErrorCategory.INVALID_INPUT),
  /** What was signed names another network than this one. */
  WRONG_NETWORK(ErrorCategory.INVALID_INPUT),
  /** The signature is not that of the key over the bytes that were to be signed. */
  BAD_SIGNATURE(ErrorCategory.INVALID_INPUT),
  /** The segment is not signed by the key that signs for the star now. */
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
