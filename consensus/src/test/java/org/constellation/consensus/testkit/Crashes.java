package org.constellation.consensus.testkit;

import java.util.SplittableRandom;

/**
 * When members lose power. They come back with what their seat kept, and everything that was ever
 * sent to them is sent again.
 *
 * @param random drives every draw
 * @param perThousand of the crash points that are passed end a life
 * @param atMost so many crashes happen at crash points
 * @param downMax members are back after 1 to so many milliseconds
 * @param powerCutAt the time at which all correct members crash at once; 0 for never
 */
public record Crashes(
    SplittableRandom random, int perThousand, int atMost, int downMax, int powerCutAt) {

  /** Nobody ever crashes. */
  public static Crashes none() {
    return new Crashes(new SplittableRandom(0), 0, 0, 1, 0);
  }

  /** Any plan; half of them are {@link #none()}. */
  public static Crashes draw(SplittableRandom random) {
    if (random.nextBoolean()) {
      return none();
    }
    return new Crashes(
        random.split(),
        1 + random.nextInt(60),
        1 + random.nextInt(8),
        1 + random.nextInt(500),
        random.nextInt(4) == 0 ? 1 + random.nextInt(200) : 0);
  }
}
