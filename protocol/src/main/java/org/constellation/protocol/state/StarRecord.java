package org.constellation.protocol.state;

import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.star.StarId;

/**
 * What the ledger knows of a star that has a home.
 *
 * @param home number of the only cluster that may order its half-blocks
 * @param sequence of its latest executed half-block, 0 if there is none
 * @param head id of that half-block, zeroes if there is none
 * @param sinceHeight galaxy height at which it got this home
 * @param key signs from the next sequence on
 * @param openHolds its proposals that are held
 * @param waiting its agreements that wait for their proposals
 * @param openHoldsMax how many holds it may have at the end of a block, 0 for the network's default
 * @param forked it once signed two half-blocks at one sequence
 */
public record StarRecord(
    int home,
    long sequence,
    Hash head,
    long sinceHeight,
    PublicKey key,
    int openHolds,
    int waiting,
    int openHoldsMax,
    boolean forked)
    implements StateEntry {

  /** A star that has just got a home. */
  public static StarRecord arriving(StarId star, int home, long height, int openHoldsMax) {
    return new StarRecord(home, 0, Hash.ZERO, height, star.key(), 0, 0, openHoldsMax, false);
  }

  /** With one more half-block. */
  public StarRecord advancedTo(long newSequence, Hash newHead) {
    return new StarRecord(
        home, newSequence, newHead, sinceHeight, key, openHolds, waiting, openHoldsMax, forked);
  }

  /** With another cluster as its home. */
  public StarRecord movedTo(int newHome, long height) {
    return new StarRecord(
        newHome, sequence, head, height, key, openHolds, waiting, openHoldsMax, forked);
  }

  /** With another key. */
  public StarRecord signingWith(PublicKey newKey) {
    return new StarRecord(
        home, sequence, head, sinceHeight, newKey, openHolds, waiting, openHoldsMax, forked);
  }

  /** With {@code more} open holds, or fewer if negative. */
  public StarRecord withHolds(int more) {
    return new StarRecord(
        home, sequence, head, sinceHeight, key, openHolds + more, waiting, openHoldsMax, forked);
  }

  /** With {@code more} waiting agreements, or fewer if negative. */
  public StarRecord withWaiting(int more) {
    return new StarRecord(
        home, sequence, head, sinceHeight, key, openHolds, waiting + more, openHoldsMax, forked);
  }

  /** With the mark of a fork. */
  public StarRecord marked() {
    return new StarRecord(
        home, sequence, head, sinceHeight, key, openHolds, waiting, openHoldsMax, true);
  }
}
