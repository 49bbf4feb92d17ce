package org.constellation.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.constellation.simulation.broker.Weather;
import org.constellation.simulation.byzantine.Misbehaviour;
import org.constellation.simulation.crypto.Crypto;
import org.constellation.simulation.time.Dice;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything that a seed decides before a run begins.
 *
 * @param galaxy members
 * @param clusters members of each
 * @param services star-services
 * @param blackholes blackhole-ledgers
 * @param stars of the genesis
 * @param joining stars that join later
 * @param rounds that every layer is to have at least
 * @param transactions that users propose at least
 * @param thinkMillis between two users' acts, on average
 * @param tickMillis of ledger time
 * @param turnMillis between two looks of a member at its clock
 * @param driftMax microseconds that a clock gains or loses in a second, at most
 * @param byzantine members by their machine's name
 * @param badStars Byzantine stars
 */
public record Options(
    long seed,
    Scenario scenario,
    Fidelity fidelity,
    Crypto crypto,
    int galaxy,
    List<Integer> clusters,
    int services,
    int blackholes,
    int stars,
    int joining,
    int rounds,
    int transactions,
    int thinkMillis,
    int tickMillis,
    int turnMillis,
    int driftMax,
    Weather weather,
    Trouble trouble,
    TreeMap<String, Misbehaviour> byzantine,
    int badStars) {

  /** Of so many seeds one uses what production uses. */
  public static final int REAL_EVERY = 16;

  /** Every layer has so many rounds at least, unless asked for more. */
  public static final int ROUNDS = 20;

  /** Every layer can be asked for so many: what the watch remembers grows with them. */
  static final int ROUNDS_MAX = 20_000;

  /** Of so many committees in which several members are Byzantine, in per cent, those collude. */
  private static final int COLLUDING_PERCENT = 60;

  /** In which it matters that others deceive the same. */
  private static final List<Misbehaviour> COLLUDING =
      List.of(Misbehaviour.WITHHOLDS, Misbehaviour.DOUBLE_VOTES, Misbehaviour.DOUBLE_PROPOSALS);

  /** Of so many members one may be faulty. */
  static final int MEMBERS_MIN = 4;

  /** Of loss, blindness, repeats and replays. */
  static final int STORM_KINDS_MIN = 2;

  private static final int TRANSACTIONS = 200;

  /** So many are to settle while things go wrong, if there is time. */
  static final int SETTLED_IN_TROUBLE = 30;

  // A proposal lives for so many ticks that some settle and some expire, whatever the weather.
  private static final int TICK_LEAST_MILLIS = 150;
  private static final int TICK_PER_DELAY = 5;

  /**
   * What a run is asked for.
   *
   * @param scenario null to have it drawn
   * @param members of every committee; 0 to have them drawn
   */
  public record Wish(
      long seed, @Nullable Scenario scenario, int rounds, Fidelity fidelity, int members) {

    /** Everything but the scenario is as usual. */
    public static Wish of(long seed, @Nullable Scenario scenario) {
      return new Wish(seed, scenario, ROUNDS, Fidelity.FULL, 0);
    }
  }

  /** Draws the rest. */
  public static Options draw(Wish wish) {
    var dice = new Dice(wish.seed()).of("options");
    // Also where one is asked for: naming the one that is drawn changes nothing.
    var drawn = dice.oneOf(List.of(Scenario.values()));
    var scenario = wish.scenario() == null ? drawn : wish.scenario();
    var crypto = Math.floorMod(wish.seed(), REAL_EVERY) == 0 ? Crypto.REAL : Crypto.CHEAP;
    var isReal = crypto == Crypto.REAL;
    var isAsked = wish.members() > 0;
    var galaxy = isAsked ? wish.members() : isReal ? 4 : size(dice);
    var clusters =
        isAsked
            ? Collections.nCopies(clustersMin(scenario), wish.members())
            : clusters(scenario, isReal, dice);
    var stars = dice.between(6, 14);
    var weather = weather(scenario, dice);
    return new Options(
        wish.seed(),
        scenario,
        wish.fidelity(),
        crypto,
        galaxy,
        clusters,
        dice.between(1, 2),
        dice.percent(70) ? 1 : 2,
        stars,
        dice.below(3),
        wish.rounds(),
        TRANSACTIONS,
        dice.between(4, 25),
        TICK_LEAST_MILLIS + TICK_PER_DELAY * weather.delayMaxMillis(),
        dice.between(20, 50),
        dice.percent(30) ? dice.between(100, 5_000) : dice.below(100),
        weather,
        trouble(scenario, dice),
        byzantine(scenario, galaxy, clusters, dice),
        badStars(scenario, dice));
  }

  /** A round costs as the third power of the size: the large ones must be rare. */
  private static int size(Dice dice) {
    var die = dice.below(1_000);
    if (die < 780) {
      return 4;
    }
    if (die < 980) {
      return dice.between(5, 7);
    }
    return die < 995 ? dice.between(8, 10) : dice.between(11, 16);
  }

  private static List<Integer> clusters(Scenario scenario, boolean isReal, Dice dice) {
    var least = clustersMin(scenario);
    var count = isReal ? least : Math.max(least, dice.percent(65) ? 1 : dice.between(2, 3));
    var clusters = new ArrayList<Integer>();
    for (var i = 0; i < count; i++) {
      clusters.add(isReal || i > 0 ? 4 : size(dice));
    }
    return List.copyOf(clusters);
  }

  /** Beside a captured cluster there is one that lives. */
  private static int clustersMin(Scenario scenario) {
    return scenario == Scenario.CAPTURED_CLUSTER ? 2 : 1;
  }

  private static int some(Dice dice, int most) {
    return dice.percent(50) ? 0 : dice.below(most + 1);
  }

  private static Weather weather(Scenario scenario, Dice dice) {
    return switch (scenario) {
      case CALM -> new Weather(dice.between(1, 30), 0, 0, 0, 0, 0);
      case HOSTILE -> storm(dice);
      case CRASH_STORM, BYZANTINE, CAPTURED_CLUSTER, SPLIT_BRAIN, DISK ->
          new Weather(
              dice.between(1, 80),
              some(dice, 10),
              some(dice, 20),
              some(dice, 20),
              some(dice, 20),
              some(dice, 10));
    };
  }

  /** A broker at its worst does more than one thing to records. */
  private static Weather storm(Dice dice) {
    while (true) {
      var weather =
          new Weather(
              dice.between(5, 200),
              some(dice, 40),
              some(dice, 100),
              some(dice, 120),
              some(dice, 120),
              some(dice, 40));
      if (weather.kinds() >= STORM_KINDS_MIN) {
        return weather;
      }
    }
  }

  private static Trouble trouble(Scenario scenario, Dice dice) {
    return switch (scenario) {
      case CALM -> Trouble.NONE;
      case HOSTILE -> new Trouble(dice.between(1_000, 4_000), 1, 1, 0, 2, 4, 3, 0, 1, 0);
      case CRASH_STORM ->
          new Trouble(dice.between(400, 1_500), 4, 8, dice.below(3), 0, 0, 0, 0, 1, some(dice, 20));
      case BYZANTINE -> new Trouble(dice.between(2_000, 6_000), 1, 1, 0, 1, 1, 0, 0, 1, 0);
      case CAPTURED_CLUSTER -> new Trouble(dice.between(2_000, 6_000), 1, 1, 0, 0, 1, 0, 0, 1, 0);
      case SPLIT_BRAIN -> new Trouble(dice.between(1_000, 3_000), 1, 1, 0, 8, 0, 0, 0, 1, 0);
      case DISK ->
          new Trouble(dice.between(500, 2_000), 1, 3, dice.below(2), 0, 0, 0, 3, 4, some(dice, 50));
    };
  }

  private static TreeMap<String, Misbehaviour> byzantine(
      Scenario scenario, int galaxy, List<Integer> clusters, Dice dice) {
    var byzantine = new TreeMap<String, Misbehaviour>();
    var some =
        switch (scenario) {
          case BYZANTINE -> true;
          case HOSTILE, CRASH_STORM, SPLIT_BRAIN -> dice.percent(50);
          case CAPTURED_CLUSTER, DISK -> dice.percent(30);
          case CALM -> false;
        };
    if (some && (scenario == Scenario.BYZANTINE || dice.percent(60))) {
      corrupt("galaxy", galaxy, byzantine, dice);
    }
    // Everybody in a captured cluster, the last one, is Byzantine anyway.
    var mixed = clusters.size() - (scenario == Scenario.CAPTURED_CLUSTER ? 1 : 0);
    for (var cluster = 0; some && cluster < mixed; cluster++) {
      corrupt("c" + cluster, clusters.get(cluster), byzantine, dice);
    }
    return byzantine;
  }

  /** As many as may be, mostly; several may all deceive the same others. */
  private static void corrupt(
      String committee, int size, TreeMap<String, Misbehaviour> byzantine, Dice dice) {
    var most = (size - 1) / 3;
    var count = dice.percent(20) ? dice.below(most + 1) : most;
    var common =
        count > 1 && dice.percent(COLLUDING_PERCENT)
            ? Optional.of(dice.oneOf(COLLUDING))
            : Optional.<Misbehaviour>empty();
    while (count > 0) {
      var member = committee + "-" + dice.below(size);
      var own = common.orElseGet(() -> dice.oneOf(List.of(Misbehaviour.values())));
      if (byzantine.putIfAbsent(member, own) == null) {
        count--;
      }
    }
  }

  private static int badStars(Scenario scenario, Dice dice) {
    return switch (scenario) {
      case CALM -> 0;
      case BYZANTINE, CAPTURED_CLUSTER -> dice.between(1, 3);
      case HOSTILE, CRASH_STORM, SPLIT_BRAIN, DISK -> dice.below(2);
    };
  }

  /** As a JSON object. */
  public ObjectNode toJson() {
    var json = JsonMapper.shared().createObjectNode();
    json.put("scenario", scenario.slug());
    json.put("fidelity", fidelity.slug());
    json.put("crypto", crypto.name().toLowerCase(Locale.ROOT));
    json.put("galaxy", galaxy);
    json.putPOJO("clusters", clusters);
    json.put("services", services);
    json.put("blackholes", blackholes);
    json.put("stars", stars);
    json.put("joining", joining);
    json.put("badStars", badStars);
    json.put("rounds", rounds);
    json.put("transactions", transactions);
    json.put("thinkMillis", thinkMillis);
    json.put("tickMillis", tickMillis);
    json.put("turnMillis", turnMillis);
    json.put("driftMax", driftMax);
    json.putPOJO("weather", weather);
    json.putPOJO("trouble", trouble);
    json.putPOJO("byzantine", byzantine);
    return json;
  }
}
