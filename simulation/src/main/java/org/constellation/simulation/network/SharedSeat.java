package org.constellation.simulation.network;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.constellation.protocol.envelope.Committee;
import org.constellation.simulation.Options;
import org.constellation.simulation.byzantine.Misbehaviour;
import org.constellation.simulation.time.Dice;

/**
 * A star that has a seat in a cluster and one in the galaxy: if both misbehave it is convicted
 * twice, and sits out more elections.
 *
 * @param committee the cluster
 * @param member its seat there
 * @param ofGalaxy its seat in the galaxy
 */
record SharedSeat(Committee committee, int member, int ofGalaxy) {

  private static final int PERCENT = 60;

  /** What leaves evidence. */
  private static final Set<Misbehaviour> CONVICTING =
      Set.of(Misbehaviour.DOUBLE_VOTES, Misbehaviour.DOUBLE_PROPOSALS, Misbehaviour.TWIN);

  /** In some runs one, rather of members that will be convicted. */
  static Optional<SharedSeat> of(Options options) {
    var dice = new Dice(options.seed()).of("shared seats");
    if (!dice.percent(PERCENT)) {
      return Optional.empty();
    }
    var ofGalaxy = seat(Committee.GALAXY, options.galaxy(), options, dice);
    var cluster = dice.below(options.clusters().size());
    var committee = Committee.ofCluster(cluster);
    var member = seat(committee, options.clusters().get(cluster), options, dice);
    return Optional.of(new SharedSeat(committee, member, ofGalaxy));
  }

  private static int seat(Committee committee, int size, Options options, Dice dice) {
    var byzantine =
        IntStream.range(0, size)
            .boxed()
            .filter(index -> options.byzantine().containsKey(Founding.machine(committee, index)))
            .toList();
    var convicted =
        byzantine.stream()
            .filter(
                index ->
                    CONVICTING.contains(
                        options.byzantine().get(Founding.machine(committee, index))))
            .toList();
    return List.of(convicted, byzantine).stream()
        .filter(some -> !some.isEmpty())
        .findFirst()
        .map(dice::oneOf)
        .orElseGet(() -> dice.below(size));
  }
}
