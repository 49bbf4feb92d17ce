package org.constellation.consensus.testkit;

import java.util.SplittableRandom;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Roster;

/** Draws that several parts of the kit need. */
public final class Draw {

  private Draw() {}

  /** Some of the members, each with a chance of {@code percent}. */
  public static MemberSet members(Roster roster, SplittableRandom random, int percent) {
    var drawn = MemberSet.EMPTY;
    for (var member : roster.members()) {
      drawn = random.nextInt(100) < percent ? drawn.with(member) : drawn;
    }
    return drawn;
  }
}
