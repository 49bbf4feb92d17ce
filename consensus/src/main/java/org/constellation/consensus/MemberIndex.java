package org.constellation.consensus;

/**
 * A member's place in its committee's roster, counted from 0 in the order of the members' keys.
 *
 * @param value from 0 to {@link Roster#MEMBERS_MAX} − 1
 */
public record MemberIndex(int value) implements Comparable<MemberIndex> {

  /**
   * @throws IllegalArgumentException if {@code value} is out of range
   */
  public MemberIndex {
    if (value < 0 || value >= Roster.MEMBERS_MAX) {
      throw new IllegalArgumentException("no committee has a member " + value);
    }
  }

  @Override
  public int compareTo(MemberIndex other) {
    return Integer.compare(value, other.value);
  }

  @Override
  public String toString() {
    return "m" + value;
  }
}
