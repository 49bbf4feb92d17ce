package org.constellation.consensus;

import java.util.Comparator;

/**
 * Something that an agreement settled for itself and must find again after a crash, although no
 * single vote says it: with it, a restarted member reaches the same estimates as before.
 *
 * @param instance the agreement
 * @param kind what was settled
 * @param round the agreement's round; 0 for an input
 * @param values the settled set
 */
public record Frozen(int instance, Kind kind, int round, BinaryValues values)
    implements Comparable<Frozen> {

  private static final Comparator<Frozen> ORDER =
      Comparator.comparingInt(Frozen::instance)
          .thenComparingInt(Frozen::round)
          .thenComparing(Frozen::kind)
          .thenComparing(Frozen::values);

  /** What can be settled. The codes stand in journals. */
  public enum Kind {
    /** The input of round 0, a set of one. */
    INPUT(1),
    /** The values of a quorum of AUX votes ({@code vals}). */
    AUX_VALUES(2),
    /** The union of a quorum of CONF votes. */
    CONF_UNION(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The number that stands for this kind in a journal. */
    public int code() {
      return code;
    }
  }

  @Override
  public int compareTo(Frozen other) {
    return ORDER.compare(this, other);
  }
}
