package org.constellation.consensus.layer;

import java.util.Comparator;
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

  /** A member that voted twice. */
  record Member(Committee committee, long era, PublicKey operationalKey) implements Culprit {

    private static final Comparator<Member> ORDER =
        Comparator.comparing(Member::committee)
            .thenComparingLong(Member::era)
            .thenComparing(Member::operationalKey);
  }

  /** Whom {@code evidence} speaks against. */
  static Culprit of(Evidence evidence) {
    return switch (evidence) {
      case Evidence.Fork fork -> new Star(fork.first().star());
      case Evidence.DoubleVote doubleVote -> {
        var header = doubleVote.first().header();
        yield new Member(header.committee(), header.era(), header.sender());
      }
    };
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
