package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.constellation.platform.member.MemberSeat;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.simulation.Fault;
import org.constellation.simulation.Options;
import org.constellation.simulation.Scenario;
import org.constellation.simulation.byzantine.Misbehaviour;
import org.constellation.simulation.byzantine.Tampering;
import org.constellation.simulation.decided.Decisions;
import org.constellation.simulation.time.Dice;
import org.constellation.simulation.time.VirtualTime;
import org.jspecify.annotations.Nullable;

/** All machines of a run. */
public final class Network implements AutoCloseable {

  private static final int STARTS_WITHIN_MILLIS = 500;

  private final World world;
  private final List<Node> nodes = new ArrayList<>();
  private final List<MemberNode> members = new ArrayList<>();
  private final List<StarMachine> stars = new ArrayList<>();
  private final List<BlackholeNode> blackholes = new ArrayList<>();
  private final TreeMap<Committee, Integer> faulty = new TreeMap<>();

  /** Makes them; none runs yet. */
  public Network(World world) {
    this.world = world;
    var options = world.options();
    for (var number = 0; number < options.blackholes(); number++) {
      blackholes.add(new BlackholeNode(world, number));
    }
    for (var committee : world.founding().committees().keySet()) {
      if (!world.guilty().isCaptured(committee)) {
        seat(committee);
      }
    }
    for (var number = 0; number < options.services(); number++) {
      stars.add(new StarMachine(world, number));
    }
    nodes.addAll(members);
    nodes.addAll(blackholes);
    nodes.addAll(stars);
  }

  /** The cluster that is captured in a run's scenario, if one is. */
  public static Optional<Committee> captured(Options options) {
    return options.scenario() == Scenario.CAPTURED_CLUSTER
        ? Optional.of(Committee.ofCluster(options.clusters().size() - 1))
        : Optional.empty();
  }

  private void seat(Committee committee) {
    var keys = world.founding().keysOf(committee);
    var decisions =
        new Decisions(
            keys.plan(), world.options().seed(), world.time(), world.broker(), world.guilty());
    for (var index = 0; index < keys.operational().size(); index++) {
      var key = keys.operational().get(index);
      var seat = new MemberSeat(world.genesis().network(), keys.plan(), index, key);
      var name = Founding.machine(committee, index);
      var misbehaviour = world.options().byzantine().get(name);
      if (misbehaviour != null) {
        world.guilty().member(key.publicKey());
        faulty.merge(committee, 1, Integer::sum);
      }
      var keeper = keeper(index);
      var coin = keys.coins().get(index);
      members.add(
          new MemberNode(
              world, name, seat, coin, decisions, keeper, tampering(misbehaviour, seat, name)));
      if (misbehaviour == Misbehaviour.TWIN) {
        world.tally().count(Fault.TWIN);
        members.add(new MemberNode(world, name + "-twin", seat, coin, decisions, keeper, null));
      }
    }
  }

  private @Nullable Tampering tampering(
      @Nullable Misbehaviour misbehaviour, MemberSeat seat, String name) {
    if (misbehaviour == null) {
      return null;
    }
    var own = world.dice().of("tampering " + name);
    var accomplices = accomplices(misbehaviour, seat.plan());
    return new Tampering(
        misbehaviour,
        seat.plan().committee(),
        seat.self(),
        seat.plan().members().size(),
        own,
        accomplices.orElse(own),
        accomplices.isPresent(),
        world.tally());
  }

  /** Members of a committee that do the same choose together to whom: they share these dice. */
  private Optional<Dice> accomplices(Misbehaviour misbehaviour, EraPlan plan) {
    var byzantine = world.options().byzantine();
    var alike =
        IntStream.range(0, plan.members().size())
            .filter(
                member -> byzantine.get(Founding.machine(plan.committee(), member)) == misbehaviour)
            .count();
    if (alike < 2) {
      return Optional.empty();
    }
    return Optional.of(world.dice().of("accomplices " + plan.committee()));
  }

  /** Every organisation has its own; a few have none and keep their blocks for good. */
  private Optional<PublicKey> keeper(int index) {
    var number = index % (blackholes.size() + 1);
    return number == blackholes.size()
        ? Optional.empty()
        : Optional.of(blackholes.get(number).key());
  }

  /** Starts all machines, one after the other. */
  public void start() {
    for (var node : nodes) {
      var late = node.machine().dice().below(STARTS_WITHIN_MILLIS);
      world.time().in(late * VirtualTime.MILLISECOND, node.machine()::start);
    }
  }

  /** All of them. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Those of committees. */
  public List<MemberNode> members() {
    return members;
  }

  /** Those of star-services. */
  public List<StarMachine> stars() {
    return stars;
  }

  /** Those of blackhole-ledgers. */
  public List<BlackholeNode> blackholes() {
    return blackholes;
  }

  /** How many members of a committee are Byzantine by plan. */
  int faulty(Committee committee) {
    return faulty.getOrDefault(committee, 0);
  }

  /** Whether nothing is promised about a star, since its cluster is captured or itself is bad. */
  public boolean isLost(StarId star, LedgerState state) {
    return world.guilty().isStar(star)
        || state
            .star(star)
            .filter(known -> world.guilty().isCaptured(Committee.ofCluster(known.home())))
            .isPresent();
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
  }
}
