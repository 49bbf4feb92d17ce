package org.constellation.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.constellation.simulation.network.Customers;
import org.constellation.simulation.network.Fate;
import org.constellation.simulation.network.MemberNode;
import org.constellation.simulation.network.Network;
import org.constellation.simulation.network.Villains;
import org.constellation.simulation.network.World;
import org.constellation.simulation.time.VirtualTime;
import org.constellation.simulation.watch.Violations;
import org.constellation.simulation.watch.WireWatch;
import org.jspecify.annotations.Nullable;

/**
 * One run: first everything goes wrong that the options name, then nothing does, and everything
 * that is pending must come to its end.
 */
public final class Run {

  private static final long LOOK = 200 * VirtualTime.MILLISECOND;

  private final Options options;
  private final Patience patience;
  private final World world;
  private final VirtualTime time;
  private final Violations violations;
  private final WireWatch watch;
  private final Network network;
  private final Silences silences;

  private Run(Options options, Patience patience, @Nullable Consumer<String> lines) {
    this.options = options;
    this.patience = patience;
    this.world = World.of(options, lines);
    this.time = world.time();
    this.violations = world.violations();
    Network.captured(options).ifPresent(world.guilty()::committee);
    this.watch = world.watch();
    world.broker().observe(watch::published);
    this.network = new Network(world);
    this.silences = new Silences(world, network);
  }

  /**
   * Runs it.
   *
   * @param lines takes the trace; null if nobody wants one
   */
  public static Result of(Options options, @Nullable Consumer<String> lines) {
    return of(options, Patience.of(options), lines);
  }

  static Result of(Options options, Patience patience, @Nullable Consumer<String> lines) {
    var run = new Run(options, patience, lines);
    Logs.heardBy(run.violations, run::mayBeSilent);
    try {
      return run.run();
    } finally {
      Logs.heardByNobody();
      run.network.close();
    }
  }

  private Result run() {
    world.trace().note("options", "drawn", options::toJson);
    network.start();
    var customers = new Customers(world, network);
    var villains = new Villains(world, watch.ledger());
    var fate = new Fate(world, network);
    var ending = new Ending(world, network, customers, watch);
    new Meanwhile(network, customers, watch.ledger(), ending).begin();
    runUntil(
        () ->
            unfinished(customers).isEmpty()
                && watch.ledger().transactions() >= Options.SETTLED_IN_TROUBLE,
        patience.badTimes());
    var settledInTrouble = watch.ledger().transactions();
    fate.relent();
    villains.leave();
    var isOver =
        runUntil(
            () -> {
              if (customers.proposed() >= options.transactions()) {
                customers.leave();
              }
              return unfinished(customers).isEmpty() && ending.isReached();
            },
            patience.goodTimes());
    if (!isOver && !violations.any()) {
      var missing = unfinished(customers);
      missing.addAll(ending.missing());
      violations.found(
          "EVENTUALLY",
          "after %d s of good times: %s"
              .formatted(
                  patience.goodTimes() / VirtualTime.SECOND,
                  missing.isEmpty() ? "all came in the last moment" : String.join("; ", missing)));
    }
    if (!violations.any()) {
      ending.check();
    }
    return result(customers, settledInTrouble);
  }

  private boolean mayBeSilent(String name) {
    return network.members().stream()
        .map(MemberNode::seat)
        .filter(seat -> seat.name().equals(name))
        .anyMatch(seat -> world.guilty().mayBeSilent(seat.key().publicKey()));
  }

  /** What of the run that was asked for is not done yet. */
  private List<String> unfinished(Customers customers) {
    var unfinished = new ArrayList<String>();
    if (customers.proposed() < options.transactions()) {
      unfinished.add(
          "users proposed %d of %d transactions"
              .formatted(customers.proposed(), options.transactions()));
    }
    rounds()
        .forEach(
            (committee, newest) -> {
              if (newest < options.rounds()) {
                unfinished.add(
                    "%s is at round %d of %d".formatted(committee, newest, options.rounds()));
              }
            });
    return unfinished;
  }

  /** The newest round of every committee that is not captured. */
  private Map<String, Long> rounds() {
    var rounds = new TreeMap<String, Long>();
    for (var committee : world.founding().committees().keySet()) {
      if (!world.guilty().isCaptured(committee)) {
        rounds.put(committee.toString(), watch.agreement().newest(committee));
      }
    }
    return rounds;
  }

  private interface Condition {
    boolean holds();
  }

  /** Looks now and then only: there are many more events than changes. */
  private boolean runUntil(Condition condition, long nanosMax) {
    var end = time.nowNanos() + nanosMax;
    while (!violations.any() && time.nowNanos() < end) {
      silences.look();
      if (condition.holds()) {
        return true;
      }
      var look = time.nowNanos() + LOOK;
      while (time.step(look)) {
        if (violations.any()) {
          return false;
        }
      }
    }
    return false;
  }

  private Result result(Customers customers, long settledInTrouble) {
    List<String> found = new ArrayList<>(violations.all());
    return new Result(
        options,
        time.happened(),
        world.broker().published(),
        world.broker().deliveries(),
        rounds(),
        customers.proposed(),
        watch.ledger().transactions(),
        settledInTrouble,
        time.nowNanos() / VirtualTime.MILLISECOND,
        world.tally().faults(),
        world.tally().transitions(),
        world.trace().fingerprint(),
        found,
        violations.cause());
  }
}
