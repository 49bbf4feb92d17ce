package org.constellation.protocol.block;

/**
 * The network's clock. It follows the members' median in ticks, a bounded number per block: load
 * does not speed it up, idling hardly slows it, a stall freezes it.
 *
 * @param timeMillis of the latest block
 * @param tick ticks passed since genesis
 * @param stepTimeMillis time up to which ticks are counted
 */
public record LedgerTime(long timeMillis, long tick, long stepTimeMillis) {

  /** The clock at genesis. */
  public static LedgerTime startingAt(long timeMillis) {
    return new LedgerTime(timeMillis, 0, timeMillis);
  }

  /**
   * The clock after a block for which the members report {@code medianMillis}.
   *
   * @param tickMillis length of a tick
   * @param ticksMax most ticks that one block may count
   */
  public LedgerTime after(long medianMillis, long tickMillis, long ticksMax) {
    var time = Math.max(timeMillis + 1, medianMillis);
    var due = Math.max(0, time - stepTimeMillis) / tickMillis;
    var counted = Math.min(ticksMax, due);
    var stepTime = due > ticksMax ? time : stepTimeMillis + counted * tickMillis;
    return new LedgerTime(time, tick + counted, stepTime);
  }
}
