package org.constellation.star.transaction;

/** How far a transaction has come. A promise until it is one of the last three. */
public enum TransactionStatus {
  /** The proposal is stored durably and on its way. */
  PROPOSED,
  /** The counterparty's agreement is known. */
  AGREED,
  /** Clusters have certified the order of both halves: a promise, not settlement. */
  CERTIFIED,
  /** A certified galaxy block moved all legs. */
  FINAL,
  /** A certified galaxy block refused it, or a party took it back; nothing moved. */
  REJECTED,
  /** Its time ran out in a certified galaxy block; nothing moved. */
  EXPIRED;

  /** Nothing changes it any more. */
  public boolean isEnd() {
    return switch (this) {
      case PROPOSED, AGREED, CERTIFIED -> false;
      case FINAL, REJECTED, EXPIRED -> true;
    };
  }

  /** Place in the order in which a transaction passes through them, from 1; the ends share one. */
  public int stage() {
    return switch (this) {
      case PROPOSED -> 1;
      case AGREED -> 2;
      case CERTIFIED -> 3;
      case FINAL, REJECTED, EXPIRED -> 4;
    };
  }
}
