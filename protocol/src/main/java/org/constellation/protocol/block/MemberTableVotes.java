package org.constellation.protocol.block;

import java.util.List;

/** The latest table votes in one member's agreed proposal. */
public record MemberTableVotes(int member, List<TableVote> votes) {

  /** Most votes of one proposal. */
  public static final int VOTES_MAX = 8;

  public MemberTableVotes {
    votes = List.copyOf(votes);
    if (votes.size() > VOTES_MAX) {
      throw new IllegalArgumentException(
          "a proposal has at most " + VOTES_MAX + " table votes, not " + votes.size());
    }
  }
}
