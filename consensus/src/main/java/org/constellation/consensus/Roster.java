package org.constellation.consensus;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The size of a committee and the thresholds that follow from it: of n members up to f = ⌊(n−1)/3⌋
 * may do anything. Who the members are is known to the caller only.
 *
 * @param size n, the number of members
 */
public record Roster(int size) {

  /** Above this the cubic number of votes is beyond any use of these algorithms. */
  public static final int MEMBERS_MAX = 64;

  /**
   * @throws IllegalArgumentException unless {@code size} is from 1 to {@value #MEMBERS_MAX}
   */
  public Roster {
    if (size < 1 || size > MEMBERS_MAX) {
      throw new IllegalArgumentException(
          "a committee has 1 to " + MEMBERS_MAX + " members, not " + size);
    }
  }

  /** f, the number of members that may be faulty. */
  public int maxFaulty() {
    return (size - 1) / 3;
  }

  /** n − f, the number of members that one can wait for. Two quorums share a correct member. */
  public int quorum() {
    return size - maxFaulty();
  }

  /** f + 1: among so many members at least one is correct. */
  public int oneCorrect() {
    return maxFaulty() + 1;
  }

  /** 2f + 1: among so many members the correct ones are a majority of all correct ones' votes. */
  public int correctMajority() {
    return 2 * maxFaulty() + 1;
  }

  /** Whether {@code member} belongs to the committee. */
  public boolean contains(MemberIndex member) {
    return member.value() < size;
  }

  /** All members in index order. */
  public List<MemberIndex> members() {
    return IntStream.range(0, size).mapToObj(MemberIndex::new).toList();
  }
}
