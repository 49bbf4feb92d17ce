package org.constellation.consensus.layer;

/**
 * A member's own pace, in milliseconds. None of these touches safety, and members may differ.
 *
 * @param roundSpacing shortest time between the starts of two rounds: what comes in meanwhile
 *     shares one round's cost. An idle layer starts at once
 * @param idle longest time without a round, from the genesis file
 * @param resendFirst after this time without a certificate a round's votes are sent again
 * @param resendMax the time between two resends doubles up to this
 * @param pullPatience how long something named may be on its way before it is pulled
 * @param pullRetry after this time the next member is asked
 * @param pullRetryMax the time between two pulls of one thing doubles up to this
 * @param answerPatience how long a member that starts and has enough answers gives the others
 */
public record LayerTiming(
    long roundSpacing,
    long idle,
    long resendFirst,
    long resendMax,
    long pullPatience,
    long pullRetry,
    long pullRetryMax,
    long answerPatience) {

  /** For members that share a data centre, or a laptop. */
  public static LayerTiming withIdle(long idleMillis) {
    return new LayerTiming(100, idleMillis, 500, 8_000, 100, 300, 4_000, 2_000);
  }
}
