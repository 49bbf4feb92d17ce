package org.constellation.protocol.block;

import java.util.List;
import org.constellation.protocol.envelope.Committee;

/**
 * Who serves a committee in one era, and under which keys.
 *
 * @param members ascending by operational key; a member's index is its place here
 * @param effectiveHeight galaxy height from which it holds
 */
public record EraPlan(
    Committee committee,
    long era,
    List<CommitteeMember> members,
    KeySet keySet,
    long effectiveHeight) {

  public EraPlan {
    members = List.copyOf(members);
  }

  /** Most members that may do anything without harm. */
  public int faultyMax() {
    return (members.size() - 1) / 3;
  }

  /** How many signatures make a certificate. */
  public int quorum() {
    return members.size() - faultyMax();
  }
}
