package org.constellation.blackhole;

import org.constellation.platform.web.ErrorCategory;
import org.constellation.platform.web.ErrorCode;

/** What can go wrong with a question to the ledger. */
public enum LedgerError implements ErrorCode {
  /** No id, star or number where one is expected. */
  MALFORMED_NAME(ErrorCategory.INVALID_INPUT),
  UNKNOWN_BLOCK(ErrorCategory.NOT_FOUND),
  UNKNOWN_HALF_BLOCK(ErrorCategory.NOT_FOUND),
  UNKNOWN_TRANSACTION(ErrorCategory.NOT_FOUND),
  UNKNOWN_ASSET(ErrorCategory.NOT_FOUND),
  UNKNOWN_STAR(ErrorCategory.NOT_FOUND),
  /** No evidence that had an effect stands at this place. */
  UNKNOWN_EVIDENCE(ErrorCategory.NOT_FOUND),
  /** There is no proof of what has not happened. */
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
