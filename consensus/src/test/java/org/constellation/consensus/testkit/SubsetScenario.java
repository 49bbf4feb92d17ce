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

  /** Of so many seeds, one tosses the production coin: above 6 %. */
  public static final int REAL_COIN_EVERY = 16;

  /** The scenario of a seed. */
  public static SubsetScenario draw(long seed) {
    var random = new SplittableRandom(seed);
    var roster = new Roster(drawSize(random));
    var faulty = random.nextInt(4) == 0 ? random.nextInt(roster.oneCorrect()) : roster.maxFaulty();
    var byzantine = new TreeMap<MemberIndex, Behaviour>();
    while (byzantine.size() < faulty) {
      byzantine.put(new MemberIndex(random.nextInt(roster.size())), Behaviour.draw(random));
    }
    return new SubsetScenario(
        seed, roster, byzantine, seed % REAL_COIN_EVERY == 0, random.nextInt(3) == 0);
  }

  /** Small committees more often: they are a hundred times as cheap, and f counts most there. */
  private static int drawSize(SplittableRandom random) {
    var die = random.nextInt(100);
    if (die < 45) {
      return 4;
    }
    if (die < 80) {
      return 5 + random.nextInt(3);
    }
    return die < 94 ? 8 + random.nextInt(3) : 11 + random.nextInt(6);
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
