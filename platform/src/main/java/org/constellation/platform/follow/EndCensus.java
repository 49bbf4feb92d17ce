package org.constellation.platform.follow;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * Where the ledger ends, asked of the galaxy's members. No clock and no broker has a say in it: the
 * answers are to questions of this start, and a height counts with its certificate alone.
 *
 * <p>A block that was certified before the questions was signed by n−f members. At least one of
 * them is correct and among the n−f that answer, and a member signs no more than {@link
 * LayerLimits#UNCERTIFIED_MAX} blocks beyond its newest certified one: so nothing was certified
 * that is further beyond the highest answer.
 */
final class EndCensus {

  /** So long until whoever has not answered is asked again. */
  static final long AGAIN_MILLIS = 1_000;

  private final Map<PublicKey, Long> answers = new TreeMap<>();
  private @Nullable Long askedAt;
  private volatile long end = -1;

  /** Whether to ask those who have not answered; if so, they count as asked. */
  boolean isDue(long nowMillis) {
    var last = askedAt;
    if (end >= 0 || (last != null && nowMillis >= last && nowMillis - last < AGAIN_MILLIS)) {
      return false;
    }
    askedAt = nowMillis;
    return true;
  }

  /** Whether this member still has to be asked. */
  boolean isMissing(PublicKey member) {
    return !answers.containsKey(member);
  }

  /**
   * A member answered.
   *
   * @param galaxy the committee in force
   * @param height of its newest certified block
   */
  void answered(EraPlan galaxy, PublicKey member, long height) {
    if (end >= 0 || !galaxy.hasSeat(member)) {
      return;
    }
    answers.merge(member, height, Math::max);
    answers.keySet().removeIf(key -> !galaxy.hasSeat(key));
    if (answers.size() >= galaxy.quorum()) {
      var highest = answers.values().stream().mapToLong(Long::longValue).max().orElseThrow();
      end = highest + LayerLimits.UNCERTIFIED_MAX;
    }
  }

  /**
   * What was certified before the questions is not beyond this height. Empty while too few have
   * answered. May be asked by any thread.
   */
  OptionalLong end() {
    var known = end;
    return known < 0 ? OptionalLong.empty() : OptionalLong.of(known);
  }
}
