package org.constellation.blackhole;

import org.constellation.platform.web.ErrorCategory;
import org.constellation.platform.web.ErrorCode;

/** What can go wrong with a question to the ledger. */
public enum LedgerError implements ErrorCode {
  /** An address or a parameter has no id, star, asset or place where one is expected. */
  MALFORMED_NAME(ErrorCategory.INVALID_INPUT),
  /** No block of that height is stored, or not yet. */
  UNKNOWN_BLOCK(ErrorCategory.NOT_FOUND),
  /** No half-block with that id stands in a stored block. */
  UNKNOWN_HALF_BLOCK(ErrorCategory.NOT_FOUND),
  /** No proposal with that id stands in a stored block. */
  UNKNOWN_TRANSACTION(ErrorCategory.NOT_FOUND),
  /** No stored block defines that asset. */
  UNKNOWN_ASSET(ErrorCategory.NOT_FOUND),
  /** The star stands in no stored block. */
  UNKNOWN_STAR(ErrorCategory.NOT_FOUND),
  /** No evidence that had an effect stands at this place. */
  UNKNOWN_EVIDENCE(ErrorCategory.NOT_FOUND),
  /** The transaction is not settled, and there is no proof of what has not happened. */
  NOT_SETTLED(ErrorCategory.NOT_FOUND),
  /** The network has not certified its first block. */
  NO_BLOCK_YET(ErrorCategory.UNAVAILABLE);

  private final ErrorCategory category;

  LedgerError(ErrorCategory category) {
    this.category = category;
  }

  @Override
  public ErrorCategory category() {
    return category;
  }
}
