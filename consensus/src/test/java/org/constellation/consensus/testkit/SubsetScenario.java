package org.constellation.consensus.testkit;

import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Roster;

/**
 * Everything that a seed decides about a run of one subset.
 *
 * @param seed the seed
 * @param roster the committee, of 4 to 16
 * @param byzantine who misbehaves, and how
 * @param realCoin whether the production coin is tossed, not keyed hashes
 * @param coinAware whether the scheduler knows the coins
 */
public record SubsetScenario(
    long seed,
    Roster roster,
    SortedMap<MemberIndex, Behaviour> byzantine,
    boolean realCoin,
    boolean coinAware) {

  /** The scenario of a seed. */
  public static SubsetScenario draw(long seed) {
    var random = new SplittableRandom(seed);
    var roster = new Roster(Draw.size(random));
    var faulty = random.nextInt(4) == 0 ? random.nextInt(roster.oneCorrect()) : roster.maxFaulty();
    var byzantine = new TreeMap<MemberIndex, Behaviour>();
    while (byzantine.size() < faulty) {
      byzantine.put(new MemberIndex(random.nextInt(roster.size())), Behaviour.draw(random));
    }
    return new SubsetScenario(seed, roster, byzantine, Suite.isReal(seed), random.nextInt(3) == 0);
  }

  /** The members that do not misbehave. */
  public MemberSet correct() {
    var correct = MemberSet.EMPTY;
    for (var member : roster.members()) {
      correct = byzantine.containsKey(member) ? correct : correct.with(member);
    }
    return correct;
  }
}
