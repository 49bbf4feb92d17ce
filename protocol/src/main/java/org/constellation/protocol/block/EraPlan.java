package org.constellation.protocol.block;

import java.util.List;
import java.util.Optional;
import org.constellation.protocol.crypto.PublicKey;
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

  /** Most members of a committee. */
  public static final int MEMBERS_MAX = 128;

  public EraPlan {
    members = List.copyOf(members);
    if (members.isEmpty() || members.size() > MEMBERS_MAX) {
      throw new IllegalArgumentException(
          "a committee has 1.." + MEMBERS_MAX + " members, not " + members.size());
    }
    for (var i = 1; i < members.size(); i++) {
      if (members.get(i - 1).operationalKey().compareTo(members.get(i).operationalKey()) >= 0) {
        throw new IllegalArgumentException("members ascend by operational key");
      }
    }
  }

  /** Most members that may do anything without harm. */
  public int faultyMax() {
    return (members.size() - 1) / 3;
  }

  /** Whether a member signs with this key. */
  public boolean hasSeat(PublicKey operationalKey) {
    return seat(operationalKey).isPresent();
  }

  /** The member that signs with this key. */
  public Optional<CommitteeMember> seat(PublicKey operationalKey) {
    return members.stream()
        .filter(member -> member.operationalKey().equals(operationalKey))
        .findFirst();
  }

  /** What people call a member: they count from 1, as in {@code galaxy-1}. */
  public String nameOf(int member) {
    return committee + "-" + (member + 1);
  }

  /** How many signatures make a certificate. */
  public int quorum() {
    return members.size() - faultyMax();
  }
}
