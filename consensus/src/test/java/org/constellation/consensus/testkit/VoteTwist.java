package org.constellation.consensus.testkit;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Vote;

/** What a Byzantine member says instead of one vote. Works on any packet that carries votes. */
@FunctionalInterface
public interface VoteTwist {

  /** The votes that {@code to} gets instead. */
  List<Vote> instead(Vote vote, MemberIndex to);

  /**
   * This twist on packets.
   *
   * @param votes takes the votes out of a packet
   * @param with puts other votes into a packet
   * @param <P> what travels
   */
  default <P> Tamper<P> over(Function<P, List<Vote>> votes, BiFunction<P, List<Vote>, P> with) {
    return (packet, to) -> {
      var twisted =
          votes.apply(packet).stream().flatMap(vote -> instead(vote, to).stream()).toList();
      return List.of(with.apply(packet, twisted));
    };
  }
}
