package org.constellation.simulation.broker;

import java.util.stream.IntStream;

/**
 * How bad a network is at present.
 *
 * @param delayMaxMillis records travel so long at most, unless they are slow
 * @param slowPermille of deliveries take ten times as long
 * @param lossPermille of records reach nobody
 * @param blindPermille of deliveries do not take place, although others get the record
 * @param repeatPermille of deliveries take place twice
 * @param replayPermille of records bring back an old one with them
 */
public record Weather(
    int delayMaxMillis,
    int slowPermille,
    int lossPermille,
    int blindPermille,
    int repeatPermille,
    int replayPermille) {

  /** In how many ways records or deliveries become too few or too many. */
  public int kinds() {
    return (int)
        IntStream.of(lossPermille, blindPermille, repeatPermille, replayPermille)
            .filter(permille -> permille > 0)
            .count();
  }

  /** Nothing goes wrong. */
  public static Weather calm() {
    return new Weather(3, 0, 0, 0, 0, 0);
  }
}
