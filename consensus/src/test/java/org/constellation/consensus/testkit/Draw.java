package org.constellation.consensus.testkit;

import java.util.SplittableRandom;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Roster;

/** Draws that several parts of the kit need. */
public final class Draw {

  private Draw() {}

  /** Small committees more often: they are a hundred times as cheap, and f counts most there. */
  public static int size(SplittableRandom random) {
    var die = random.nextInt(100);
    if (die < 45) {
      return 4;
    }
    if (die < 80) {
      return 5 + random.nextInt(3);
    }
    return die < 94 ? 8 + random.nextInt(3) : 11 + random.nextInt(6);
  }

  /** Some of the members, each with a chance of {@code percent}. */
  public static MemberSet members(Roster roster, SplittableRandom random, int percent) {
    var drawn = MemberSet.EMPTY;
    for (var member : roster.members()) {
      drawn = random.nextInt(100) < percent ? drawn.with(member) : drawn;
    }
    return drawn;
  }
}
