package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.star.StarId;
import org.constellation.simulation.watch.LedgerWatch;

/** Byzantine stars, those who hold a captured cluster, and those who lie about others. */
public final class Villains {

  private final List<Runnable> leave = new ArrayList<>();

  /**
   * They begin at once.
   *
   * @param ledger what everybody can know
   */
  public Villains(World world, LedgerWatch ledger) {
    var options = world.options();
    var stars = world.founding().stars();
    var dice = world.dice().of("villains");
    var others =
        stars.stream().limit(options.stars()).map(key -> new StarId(key.publicKey())).toList();
    for (var number = options.stars(); number < stars.size(); number++) {
      var home = number % options.clusters().size();
      var key = stars.get(number);
      if (dice.percent(50)) {
        leave.add(new BadStar(world, ledger, key, home, others)::leave);
      } else {
        leave.add(new Nuisance(world, key, home, others)::leave);
      }
    }
    lie(world, ledger);
  }

  /** Who can say what nobody signed, who has a key to say it, and who has keys of a committee. */
  private void lie(World world, LedgerWatch ledger) {
    var options = world.options();
    var isOutside =
        switch (options.scenario()) {
          case HOSTILE, BYZANTINE, CAPTURED_CLUSTER, DISK -> true;
          case CALM, CRASH_STORM, SPLIT_BRAIN -> false;
        };
    if (!isOutside && options.byzantine().isEmpty()) {
      return;
    }
    var tap = new Wiretap(world);
    var questions = new Questions(world);
    leave.add(questions::leave);
    leave.add(new Liars(world, tap, questions)::leave);
    if (isOutside) {
      leave.add(new Forger(world, tap, questions)::leave);
      leave.add(new FalseKeeper(world, tap, ledger)::leave);
    }
    Network.captured(options)
        .ifPresent(committee -> leave.add(new Captors(world, committee, tap)::leave));
  }

  /** They leave it at what they did. */
  public void leave() {
    leave.forEach(Runnable::run);
  }
}
