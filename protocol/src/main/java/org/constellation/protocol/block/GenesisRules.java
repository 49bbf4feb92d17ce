package org.constellation.protocol.block;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.constellation.protocol.envelope.Committee;

/** What every genesis keeps to; a violation is an {@link IllegalArgumentException}. */
final class GenesisRules {

  /** Short enough for the names of topics. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,32}");

  private GenesisRules() {}

  static void check(
      String name, EraPlan galaxy, List<EraPlan> clusters, List<Genesis.GenesisStar> stars) {
    require(NAME.matcher(name).matches(), "a name has 1..32 lower-case letters and digits");
    require(galaxy.committee().equals(Committee.GALAXY), "the galaxy's plan is the galaxy's");
    checkPlan(galaxy);
    require(!clusters.isEmpty(), "there is at least one cluster");
    var numbers = new TreeSet<Integer>();
    for (var cluster : clusters) {
      require(cluster.committee().layer() == Committee.Layer.CLUSTER, "a cluster's plan is one's");
      require(
          numbers.isEmpty() || numbers.last() < cluster.committee().cluster(),
          "clusters ascend by number");
      numbers.add(cluster.committee().cluster());
      checkPlan(cluster);
    }
    checkStars(numbers, stars);
  }

  private static void checkPlan(EraPlan plan) {
    var keys = plan.keySet();
    require(plan.era() == 0 && plan.effectiveHeight() == 0, "a network starts in era 0");
    require(
        keys.indexTable().size() == plan.members().size()
            && keys.indexTable().stream().distinct().count() == keys.indexTable().size()
            && keys.indexTable().stream()
                .allMatch(index -> index >= 1 && index <= keys.publicShares().size()),
        "every member has a threshold index of its own");
    require(keys.threshold() < plan.members().size(), "enough members make a coin");
  }

  private static void checkStars(Set<Integer> clusters, List<Genesis.GenesisStar> stars) {
    var sum = 0L;
    for (var i = 0; i < stars.size(); i++) {
      var star = stars.get(i);
      require(
          i == 0 || stars.get(i - 1).star().compareTo(star.star()) < 0, "stars ascend, none twice");
      require(clusters.contains(star.home()), "every star's home exists");
      require(star.balance() >= 0 && star.openHoldsMax() >= 0, "nothing is negative");
      sum += star.balance();
      require(sum >= 0, "all balances together fit 63 bits");
    }
  }

  private static void require(boolean kept, String rule) {
    if (!kept) {
      throw new IllegalArgumentException(rule);
    }
  }
}
