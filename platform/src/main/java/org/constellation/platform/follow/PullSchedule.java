package org.constellation.platform.follow;

import java.util.List;
import org.constellation.protocol.Bytes;

/**
 * When missing blocks are asked for, and whom. Whoever answers is asked again, at once if the
 * answer was whole: few of the others may have blocks that are old. Without an answer it is the
 * next one's turn, with growing pauses.
 */
final class PullSchedule {

  /** Who brings a smaller part of what was asked is not asked again before all the others. */
  private static final int USEFUL_PART = 4;

  private final FollowerProperties properties;
  private final List<Bytes> keepers;
  private long lastProgressMillis;
  private long pauseMillis;
  private long nextPullMillis;
  private int turn;
  private int asked;
  private int gained;

  PullSchedule(FollowerProperties properties, List<Bytes> keepers, long nowMillis) {
    this.properties = properties;
    this.keepers = List.copyOf(keepers);
    this.lastProgressMillis = nowMillis;
    this.pauseMillis = properties.gapPatience().toMillis();
  }

  /** A block was followed, wherever it came from. */
  void progress(long nowMillis) {
    gained++;
    lastProgressMillis = nowMillis;
    pauseMillis = properties.gapPatience().toMillis();
    nextPullMillis = 0;
  }

  /**
   * @param gap whether a later block is there already
   */
  boolean isDue(boolean gap, long nowMillis) {
    if (keepers.isEmpty() || nowMillis < nextPullMillis) {
      return false;
    }
    var patience = gap ? properties.gapPatience() : properties.quietPatience();
    return wasWhole() || nowMillis - lastProgressMillis >= patience.toMillis();
  }

  private boolean wasWhole() {
    return asked > 0 && gained >= asked;
  }

  /**
   * Whom to ask now.
   *
   * @param blocks for how many
   */
  Bytes nextKeeper(int blocks, long nowMillis) {
    if (asked > 0 && gained * USEFUL_PART < asked) {
      turn = (turn + 1) % keepers.size();
    }
    asked = blocks;
    gained = 0;
    nextPullMillis = nowMillis + pauseMillis;
    pauseMillis = Math.min(properties.pullMax().toMillis(), 2 * pauseMillis);
    return keepers.get(turn);
  }
}
