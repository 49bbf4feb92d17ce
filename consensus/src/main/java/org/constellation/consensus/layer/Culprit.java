package org.constellation.consensus.layer;

import java.util.Comparator;
import java.util.List;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StarRecord;

/**
 * Whom evidence speaks against: a star or, in one era of one committee, a member. One is dealt with
 * once, whatever else is found.
 */
public sealed interface Culprit extends Comparable<Culprit> {

  /** A star that forked. */
  record Star(StarId star) implements Culprit {}

  /** A member that voted twice, or signed two headers. */
  record Member(Committee committee, long era, PublicKey operationalKey) implements Culprit {

    private static final Comparator<Member> ORDER =
        Comparator.comparing(Member::committee)
            .thenComparingLong(Member::era)
            .thenComparing(Member::operationalKey);
  }

  /**
   * Whom {@code evidence} speaks against, at least one but for evidence of an era that is not in
   * force.
   *
   * @param state says who the members are that two headers name by their indexes
   */
  static List<Culprit> of(Evidence evidence, LedgerState state) {
    return switch (evidence) {
      case Evidence.Fork fork -> List.of(new Star(fork.first().star()));
      case Evidence.DoubleVote doubleVote -> {
        var header = doubleVote.first().header();
        yield List.of(new Member(header.committee(), header.era(), header.sender()));
      }
      case Evidence.TwoHeaders headers -> {
        var head = headers.first();
        yield state
            .eraPlan(head.committee())
            .filter(plan -> plan.era() == head.era())
            .map(plan -> membersOf(plan, headers.namedInBoth()))
            .orElse(List.of());
      }
    };
  }

  private static List<Culprit> membersOf(EraPlan plan, List<Integer> indexes) {
    return indexes.stream()
        .filter(index -> index >= 0 && index < plan.members().size())
        .<Culprit>map(
            index ->
                new Member(
                    plan.committee(), plan.era(), plan.members().get(index).operationalKey()))
        .toList();
  }

  /** Whether further evidence would change nothing, now or later. */
  default boolean isDealtWith(LedgerState state) {
    return switch (this) {
      case Star(var star) -> state.star(star).filter(StarRecord::forked).isPresent();
      case Member(var committee, var era, var key) ->
          state.isConvicted(committee, era, key)
              || state.eraPlan(committee).map(EraPlan::era).filter(now -> now > era).isPresent();
    };
  }

  @Override
  default int compareTo(Culprit other) {
    return switch (this) {
      case Star(var star) -> other instanceof Star(var otherStar) ? star.compareTo(otherStar) : -1;
      case Member member -> other instanceof Member to ? Member.ORDER.compare(member, to) : 1;
    };
  }
}
