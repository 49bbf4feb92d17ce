package org.constellation.simulation;

import java.util.List;

/** Options that no seed draws, for what a test wants to see alone. */
public final class Altered {

  private Altered() {}

  /** The same with these clusters, and without stars that join: whose home would be drawn. */
  public static Options clusters(Options drawn, List<Integer> clusters) {
    return of(drawn, clusters, drawn.transactions());
  }

  /** The same with fewer users' acts, and without stars that join. */
  static Options transactions(Options drawn, int transactions) {
    return of(drawn, drawn.clusters(), transactions);
  }

  private static Options of(Options drawn, List<Integer> clusters, int transactions) {
    return new Options(
        drawn.seed(),
        drawn.scenario(),
        drawn.fidelity(),
        drawn.crypto(),
        drawn.galaxy(),
        clusters,
        drawn.services(),
        drawn.blackholes(),
        drawn.stars(),
        0,
        drawn.rounds(),
        transactions,
        drawn.thinkMillis(),
        drawn.tickMillis(),
        drawn.turnMillis(),
        drawn.driftMax(),
        drawn.weather(),
        drawn.trouble(),
        drawn.byzantine(),
        drawn.badStars());
  }
}
