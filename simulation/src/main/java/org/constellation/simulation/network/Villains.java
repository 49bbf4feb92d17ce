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
    var others =
        stars.stream().limit(options.stars()).map(key -> new StarId(key.publicKey())).toList();
    for (var number = options.stars(); number < stars.size(); number++) {
      var home = number % options.clusters().size();
      var bad = new BadStar(world, stars.get(number), home, others);
      leave.add(bad::leave);
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
