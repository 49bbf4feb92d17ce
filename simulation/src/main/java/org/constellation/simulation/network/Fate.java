package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.protocol.envelope.Committee;
import org.constellation.simulation.Fault;
import org.constellation.simulation.Trouble;
import org.constellation.simulation.broker.Weather;
import org.constellation.simulation.time.Dice;
import org.constellation.simulation.time.VirtualTime;

/** Does to a network what its options say, until it is told to leave it alone. */
public final class Fate {

  private static final int NEXT_EFFECTS = 40;
  private static final int DOWN_MAX_MILLIS = 4_000;
  private static final int FAST_QUARTZ = 100;

  /** Of what comes back old: most other machines may do so once only. */
  private static final int STAR_SERVICES_PERCENT = 35;

  /** Of deaths; in the others power fails. */
  private static final int ALONE_PERCENT = 40;

  /** Of disks that refuse; the others have no room. */
  private static final int FAILING_PERCENT = 40;

  /** Of members' disks that are lost; in place of the others comes an old copy. */
  private static final int REPLACED_PERCENT = 25;

  private static final int QUIET_LOOKS = 30;
  private static final int QUIET_LOOK_MILLIS = 300;

  private final World world;
  private final Network network;
  private final Trouble trouble;
  private final Dice dice;
  private final Dice failing;
  private final Dice replaced;
  private final TreeMap<Committee, Integer> putBack = new TreeMap<>();
  // Only looked up in: how often, by the machine's name.
  private final Map<String, Long> filled = new HashMap<>();
  private final Map<String, Long> unsynced = new HashMap<>();
  private final List<Runnable> undo = new ArrayList<>();
  private boolean hasRelented;

  /** Begins at once. */
  public Fate(World world, Network network) {
    this.world = world;
    this.network = network;
    this.trouble = world.options().trouble();
    this.dice = world.dice().of("fate");
    this.failing = world.dice().of("failing disks");
    this.replaced = world.dice().of("replaced disks");
    world.broker().weather(world.options().weather());
    for (var node : network.nodes()) {
      node.trouble(trouble.commitPermille());
      node.diesAlone(ALONE_PERCENT);
      if (Math.abs(node.machine().drift()) > FAST_QUARTZ) {
        world.tally().count(Fault.CLOCK_DRIFTS);
      }
    }
    if (trouble.everyMillis() > 0) {
      var habit =
          new Habit(world.time(), () -> dice.below(2 * trouble.everyMillis()), this::strike);
      undo.add(habit::giveUp);
    }
  }

  private static long millis(long millis) {
    return millis * VirtualTime.MILLISECOND;
  }

  private long aWhile() {
    return millis(50 + dice.below(DOWN_MAX_MILLIS));
  }

  private void strike() {
    var die = dice.below(trouble.weight());
    if ((die -= trouble.crash()) < 0) {
      if (any().machine().crash(aWhile())) {
        world.tally().count(Fault.CRASHED);
      }
    } else if ((die -= trouble.crashInTurn()) < 0) {
      crashInTurn(any());
    } else if ((die -= trouble.crashTogether()) < 0) {
      crashTogether();
    } else if ((die -= trouble.split()) < 0) {
      split();
    } else if ((die -= trouble.pause()) < 0) {
      world.broker().pause(anyTopic(), aWhile());
    } else if ((die -= trouble.delete()) < 0) {
      world.broker().delete(anyTopic());
    } else if ((die -= trouble.full()) < 0) {
      fill(any());
    } else {
      turnBack();
    }
  }

  private Node any() {
    return dice.oneOf(network.nodes());
  }

  private String anyTopic() {
    var clusters =
        world.genesis().clusters().stream().map(plan -> plan.committee().cluster()).toList();
    return dice.oneOf(world.topics().all(clusters)).name();
  }

  /** Counted when it comes to that: the machine may be off, or be struck otherwise before. */
  private void crashInTurn(Node node) {
    node.machine()
        .crashWithin(
            1 + dice.below(NEXT_EFFECTS),
            aWhile(),
            () -> world.tally().count(Fault.CRASHED_IN_TURN));
  }

  private void crashTogether() {
    var all = dice.percent(50);
    var struck = 0;
    for (var node : network.nodes()) {
      if (all || dice.percent(40)) {
        if (dice.percent(50)) {
          struck += node.machine().crash(aWhile()) ? 1 : 0;
        } else {
          crashInTurn(node);
        }
      }
    }
    if (struck > 1) {
      world.tally().count(Fault.CRASHED_TOGETHER);
    }
  }

  private void split() {
    var island = new TreeSet<String>();
    var share = 10 + dice.below(80);
    for (var node : network.nodes()) {
      if (dice.percent(share)) {
        island.add(node.machine().name());
      }
    }
    if (!island.isEmpty() && island.size() < network.nodes().size()) {
      var parting = world.broker().split(island);
      world.time().in(aWhile(), () -> healFrom(parting));
    }
  }

  /** A later split is not over because an earlier one would be. */
  private void healFrom(long parting) {
    if (world.broker().partings() == parting) {
      world.broker().heal();
    }
  }

  private void fill(Node node) {
    if (failing.percent(FAILING_PERCENT) && node.failsSyncs(true)) {
      world.trace().note(node.machine().name(), "has a disk that does not sync");
      until(aWhile(), unsynced, node, () -> node.failsSyncs(false));
      return;
    }
    node.full(true);
    world.trace().note(node.machine().name(), "has a full disk");
    until(aWhile(), filled, node, () -> node.full(false));
  }

  /** Ends what has befallen a node, unless that has befallen it once more by then. */
  private void until(long nanos, Map<String, Long> times, Node node, Runnable end) {
    var name = node.machine().name();
    var which = times.merge(name, 1L, Long::sum);
    world
        .time()
        .in(
            nanos,
            () -> {
              if (which.equals(times.get(name))) {
                end.run();
              }
            });
  }

  /** A member with an old disk falls silent, so it takes one of the places of the faulty. */
  private void turnBack() {
    var node = dice.percent(STAR_SERVICES_PERCENT) ? dice.oneOf(network.stars()) : any();
    var couldGoBack = node.canGoBack();
    for (var each : node instanceof MemberNode ? List.of(node) : keepingDatabases()) {
      if (!each.canGoBack()) {
        each.remember();
      }
    }
    // Of whom there is no copy yet, only the disk itself can be lost.
    var isReplaced = node instanceof MemberNode && replaced.percent(REPLACED_PERCENT);
    if (!couldGoBack && !isReplaced) {
      return;
    }
    if (node instanceof MemberNode member && !mayFail(member)) {
      return;
    }
    if (node instanceof StarMachine service) {
      turnBackWhenQuiet(service, QUIET_LOOKS);
    } else {
      turnBack(node, isReplaced);
    }
  }

  /** They are copied all at the same time, as at night. */
  private List<Node> keepingDatabases() {
    return network.nodes().stream().filter(node -> !(node instanceof MemberNode)).toList();
  }

  private void turnBack(Node node, boolean isReplaced) {
    world
        .trace()
        .note(
            node.machine().name(),
            "comes back with " + (isReplaced ? "a new" : "an old") + " disk");
    var _ = node.machine().crash(aWhile());
    if (isReplaced) {
      node.loseDisk();
    } else {
      node.goBack();
    }
  }

  /**
   * The ledger cannot tell what is on its way to it: nobody puts a database back while its service
   * still sends. All users wait, since what one service's users do is the other's work, too.
   */
  private void turnBackWhenQuiet(StarMachine service, int looks) {
    var isOver = looks == 0 || hasRelented;
    if (service.isQuiet() && !isOver) {
      turnBack(service, false);
    }
    var goOn = isOver || service.isQuiet();
    network.stars().forEach(each -> each.closed(!goOn));
    if (!goOn) {
      world.time().in(millis(QUIET_LOOK_MILLIS), () -> turnBackWhenQuiet(service, looks - 1));
    }
  }

  private boolean mayFail(MemberNode member) {
    var seat = member.seat();
    if (world.guilty().mayBeSilent(seat.key().publicKey())) {
      return true;
    }
    var committee = seat.plan().committee();
    var faulty = network.faulty(committee) + putBack.getOrDefault(committee, 0);
    if (faulty >= seat.plan().faultyMax()) {
      return false;
    }
    putBack.merge(committee, 1, Integer::sum);
    world.guilty().silenced(seat.key().publicKey());
    return true;
  }

  /** Leaves the network alone: from now on everything that is correct must come right. */
  public void relent() {
    world.trace().note("fate", "relents");
    hasRelented = true;
    world.broker().weather(Weather.calm());
    world.broker().heal();
    undo.forEach(Runnable::run);
    for (var node : network.nodes()) {
      node.trouble(0);
      node.full(false);
      node.failsSyncs(false);
      node.machine().spare();
    }
  }
}
