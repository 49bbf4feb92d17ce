package org.constellation.star.transaction;

import org.constellation.protocol.star.StarId;

/**
 * A place in the list of a star's open transactions. What the star proposes comes before what
 * others propose to it, so that nobody crowds it out; both by their latest change, the oldest
 * first. A transaction that changes moves back and may be read twice, but none is missed.
 *
 * @param own among the star's own proposals, otherwise among those of others
 * @param change place in the service's feed
 */
public record OpenPlace(boolean own, long change) {

  /** Before all of them. */
  public static final OpenPlace START = new OpenPlace(true, 0);

  /** Where {@code transaction} stands in the list of {@code star}. */
  public static OpenPlace of(Transaction transaction, StarId star) {
    return new OpenPlace(transaction.proposer().equals(star), transaction.change());
  }
}
