package org.constellation.protocol.state;

/**
 * What keeps a star out of committees. It stands under the star that a member serves: operational
 * keys change, and the operator's key in an offer is only claimed, so anybody could have another's
 * excluded.
 *
 * @param convictions in all committees, at most one for each and era
 * @param elections of any committee that the star still has to sit out; at most {@link
 *     #ELECTIONS_MAX}
 * @param since height of the block with the newest conviction that counted; the elections are those
 *     after it
 */
public record ExclusionRecord(int convictions, long elections, long since) implements StateEntry {

  /** Longest exclusion; nobody lives to see its end. */
  public static final long ELECTIONS_MAX = 1L << 30;

  /** After a first conviction, by the block of this height. */
  static ExclusionRecord first(long height) {
    return new ExclusionRecord(1, 1, height);
  }

  /**
   * One more conviction, by the block of this height: the next 1, 2, 4, ... elections. It counts
   * from now, and what was left of an earlier exclusion runs out meanwhile, being shorter.
   */
  ExclusionRecord convictedAgain(long height) {
    var more = convictions == Integer.MAX_VALUE ? convictions : convictions + 1;
    return new ExclusionRecord(more, Math.min(ELECTIONS_MAX, 1L << Math.min(more - 1, 30)), height);
  }
}
