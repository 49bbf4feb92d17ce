package org.constellation.protocol.block;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;

/** What every genesis keeps to; a violation is an {@link IllegalArgumentException}. */
final class GenesisRules {

  /** Short enough for the names of topics. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,32}");

  /** Fit for files, settings and labels of metrics. */
  private static final Pattern ORGANISATION =
      Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?");

  /** A name, an IPv4 address, or an IPv6 one in brackets, and a port. */
  private static final Pattern SERVER =
      Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9.-]{0,252}|\\[[0-9A-Fa-f:.]{2,45}]):([0-9]{1,5})");

  private static final int PORT_MAX = 65_535;

  private GenesisRules() {}

  static void check(
      String name,
      EraPlan galaxy,
      List<EraPlan> clusters,
      List<Genesis.GenesisStar> stars,
      List<Genesis.Broker> brokers) {
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
    var plans = Stream.concat(Stream.of(galaxy), clusters.stream()).toList();
    checkKeys(plans.stream().flatMap(plan -> plan.members().stream()).toList(), stars);
    checkBrokers(brokers);
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

  /**
   * A wallet's key lies where the money is, an operational key on a machine that talks to
   * everybody: whoever steals the one must not have the other. And what a key signed must be one
   * member's word, else honest members that share it convict each other.
   */
  private static void checkKeys(List<CommitteeMember> members, List<Genesis.GenesisStar> stars) {
    var wallets = new TreeSet<StarId>();
    stars.forEach(star -> wallets.add(star.star()));
    members.forEach(member -> wallets.add(member.star()));
    require(!wallets.contains(StarId.NOBODY), "no star has the key of nobody");
    var served = new TreeMap<PublicKey, StarId>();
    for (var member : members) {
      var key = member.operationalKey();
      var other = served.putIfAbsent(key, member.star());
      require(other == null || other.equals(member.star()), "no operational key serves two stars");
      require(other == null, "no operational key serves two members");
      require(!wallets.contains(new StarId(key)), "no operational key is a star's own");
    }
  }

  private static void checkBrokers(List<Genesis.Broker> brokers) {
    require(
        brokers.size() <= Genesis.ORGANISATIONS_MAX,
        "at most " + Genesis.ORGANISATIONS_MAX + " organisations have brokers");
    for (var i = 0; i < brokers.size(); i++) {
      var broker = brokers.get(i);
      require(
          ORGANISATION.matcher(broker.organisation()).matches(),
          "an organisation has 1..32 lower-case letters, digits and hyphens between them");
      require(
          i == 0 || brokers.get(i - 1).organisation().compareTo(broker.organisation()) < 0,
          "organisations ascend, none twice");
      require(
          areServers(broker.bootstrapServers()),
          "a broker's address is host:port, several are separated by commas");
    }
  }

  private static boolean areServers(String servers) {
    return servers.length() <= Genesis.Broker.SERVERS_CHARACTERS_MAX
        && Stream.of(servers.split(",", -1)).allMatch(GenesisRules::isServer);
  }

  private static boolean isServer(String server) {
    var match = SERVER.matcher(server);
    if (!match.matches()) {
      return false;
    }
    var port = Integer.parseInt(match.group(1));
    return port >= 1 && port <= PORT_MAX;
  }

  private static void require(boolean kept, String rule) {
    if (!kept) {
      throw new IllegalArgumentException(rule);
    }
  }
}
