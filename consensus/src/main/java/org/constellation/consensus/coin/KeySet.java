package org.constellation.consensus.coin;

import java.util.HashSet;
import java.util.List;
import org.constellation.consensus.MemberIndex;
import org.constellation.protocol.crypto.Hash;

/**
 * A committee's coin keys as everybody knows them. Fixed when they are generated; a committee that
 * is a subset of an earlier one goes on with its members' entries, under the same id.
 *
 * @param id tells key sets apart, also in coin names
 * @param sharesNeeded t + 1, the number of shares that give an outcome
 * @param byMember every current member's entry, in index order
 */
public record KeySet(Hash id, int sharesNeeded, List<Entry> byMember) {

  /**
   * One member's entry.
   *
   * @param thresholdIndex the place, from 1, at which the secret polynomial was evaluated
   * @param publicShare the point against which the member's shares are verified
   */
  public record Entry(int thresholdIndex, P256Point publicShare) {}

  /**
   * Copies the entries.
   *
   * @throws IllegalArgumentException if they cannot toss, or two have one index
   */
  public KeySet {
    byMember = List.copyOf(byMember);
    if (sharesNeeded < 1 || sharesNeeded > byMember.size()) {
      throw new IllegalArgumentException(byMember.size() + " members cannot toss this coin");
    }
    var indices = new HashSet<Integer>();
    for (var entry : byMember) {
      if (entry.thresholdIndex() < 1 || !indices.add(entry.thresholdIndex())) {
        throw new IllegalArgumentException("threshold indices are different and start at 1");
      }
    }
  }

  /** The entry of {@code member}. */
  public Entry of(MemberIndex member) {
    return byMember.get(member.value());
  }
}
