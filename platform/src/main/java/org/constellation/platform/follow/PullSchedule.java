package org.constellation.platform.follow;

import java.util.List;
import org.constellation.protocol.Bytes;

/** When a missing block is asked for, and whom: one after the other, with growing pauses. */
final class PullSchedule {

  private final FollowerProperties properties;
  private final List<Bytes> keepers;
  private long lastProgressMillis;
  private long pauseMillis;
  private long nextPullMillis;
  private int turn;

  PullSchedule(FollowerProperties properties, List<Bytes> keepers, long nowMillis) {
    this.properties = properties;
    this.keepers = List.copyOf(keepers);
    progress(nowMillis);
  }

  void progress(long nowMillis) {
    lastProgressMillis = nowMillis;
    pauseMillis = properties.gapPatience().toMillis();
    nextPullMillis = 0;
  }

  /**
   * @param gap whether a later block is there already
   */
  boolean isDue(boolean gap, long nowMillis) {
    var patience = gap ? properties.gapPatience() : properties.quietPatience();
    return !keepers.isEmpty()
        && nowMillis - lastProgressMillis >= patience.toMillis()
        && nowMillis >= nextPullMillis;
  }

  /** Whom to ask now. */
  Bytes nextKeeper(long nowMillis) {
    nextPullMillis = nowMillis + pauseMillis;
    pauseMillis = Math.min(properties.pullMax().toMillis(), 2 * pauseMillis);
    var keeper = keepers.get(turn);
    turn = (turn + 1) % keepers.size();
    return keeper;
  }
}
