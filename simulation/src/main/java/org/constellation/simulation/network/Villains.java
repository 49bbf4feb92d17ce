package org.constellation.simulation.network;

import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.star.StarId;

/** Byzantine stars, and those who hold a captured cluster. */
public final class Villains {

  private final List<Runnable> leave = new ArrayList<>();

  /** They begin at once. */
  public Villains(World world) {
    var options = world.options();
    var stars = world.founding().stars();
    var dice = world.dice().of("villains");
    var others =
        stars.stream().limit(options.stars()).map(key -> new StarId(key.publicKey())).toList();
    for (var number = options.stars(); number < stars.size(); number++) {
      var home = number % options.clusters().size();
      var key = stars.get(number);
      if (dice.percent(50)) {
        leave.add(new BadStar(world, key, home, others)::leave);
      } else {
        leave.add(new Nuisance(world, key, home, others)::leave);
      }
    }
    Network.captured(options)
        .ifPresent(
            committee -> {
              var captors = new Captors(world, committee);
              leave.add(captors::leave);
            });
  }

  /** They leave it at what they did. */
  public void leave() {
    leave.forEach(Runnable::run);
  }
}
