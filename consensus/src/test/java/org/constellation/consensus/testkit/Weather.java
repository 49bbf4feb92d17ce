package org.constellation.consensus.testkit;

import java.util.SplittableRandom;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.consensus.Roster;

/**
 * A network that does not look into packets: how long they travel, how often they are lost until
 * resent, how often they are repeated.
 *
 * @param random drives every draw
 * @param delayMax packets travel between 1 and so many milliseconds
 * @param fifo whether all take the same time, so that nothing is reordered
 * @param lossPercent of the sendings are lost
 * @param resendAfter milliseconds after which what was lost is sent again
 * @param repeatPercent of the packets arrive once more
 * @param slow members whose packets travel ten times as long
 * @param island members that hear nothing from the others, nor they from them, until the end
 * @param islandUntil the time at which the partition ends
 */
public record Weather(
    SplittableRandom random,
    int delayMax,
    boolean fifo,
    int lossPercent,
    int resendAfter,
    int repeatPercent,
    MemberSet slow,
    MemberSet island,
    int islandUntil)
    implements Scheduler<Object> {

  private static final int SLOWDOWN = 10;

  /** A network without any mischief: everything takes one millisecond. */
  public static Weather calm() {
    return new Weather(
        new SplittableRandom(0), 1, true, 0, 1, 0, MemberSet.EMPTY, MemberSet.EMPTY, 0);
  }

  /** Any network. */
  public static Weather draw(Roster roster, SplittableRandom random) {
    var delayMax = 1 + random.nextInt(random.nextInt(4) == 0 ? 1000 : 60);
    var lossy = random.nextInt(3) == 0;
    var repeating = random.nextInt(2) == 0;
    return new Weather(
        random.split(),
        delayMax,
        random.nextInt(8) == 0,
        lossy ? 1 + random.nextInt(40) : 0,
        1 + random.nextInt(5 * delayMax),
        repeating ? 1 + random.nextInt(20) : 0,
        random.nextInt(3) == 0 ? Draw.members(roster, random, 25) : MemberSet.EMPTY,
        random.nextInt(4) == 0 ? Draw.members(roster, random, 25) : MemberSet.EMPTY,
        random.nextInt(40 * delayMax));
  }

  @Override
  public long delay(MemberIndex from, MemberIndex to, Object packet, long now) {
    var delay = fifo ? delayMax : 1L + random.nextInt(delayMax);
    if (slow.contains(from)) {
      delay *= SLOWDOWN;
    }
    while (random.nextInt(100) < lossPercent) {
      delay += resendAfter;
    }
    var parted = island.contains(from) != island.contains(to) && now < islandUntil;
    return parted ? islandUntil - now + delay : delay;
  }

  /** Whether a packet arrives once more. */
  boolean repeats() {
    return random.nextInt(100) < repeatPercent;
  }
}
