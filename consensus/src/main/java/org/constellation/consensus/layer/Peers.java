package org.constellation.consensus.layer;

import java.util.ArrayList;
import java.util.List;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;

/** How far the other members say they are. Hints only: what they send is checked by itself. */
final class Peers {

  /** Who proposes in a round has certified all but the two before it. */
  private static final int CERTIFIED_BEHIND_START = LayerLimits.UNCERTIFIED_MAX;

  private static final long HINT_INTERVAL_MILLIS = 250;

  private final long[] lastHeard;
  private final long[] started;
  private final long[] certified;
  private final long[] lastHint;
  private final long[] lastAnswer;

  Peers(int members) {
    this.lastHeard = new long[members];
    this.started = new long[members];
    this.certified = new long[members];
    this.lastHint = new long[members];
    this.lastAnswer = new long[members];
  }

  void heard(int member, long nowMillis) {
    lastHeard[member] = nowMillis;
  }

  void started(int member, long round) {
    started[member] = Math.max(started[member], round);
    certified(member, round - CERTIFIED_BEHIND_START);
  }

  void certified(int member, long round) {
    certified[member] = Math.max(certified[member], round);
  }

  int startedAtLeast(long round) {
    var count = 0;
    for (var one : started) {
      count += one >= round ? 1 : 0;
    }
    return count;
  }

  /** Who should hold the certified block of {@code round}. */
  MemberSet holdersOf(long round) {
    var holders = MemberSet.EMPTY;
    for (var i = 0; i < certified.length; i++) {
      if (certified[i] >= round) {
        holders = holders.with(new MemberIndex(i));
      }
    }
    return holders;
  }

  /** Whether {@code member} may be told once more how an old round ended. */
  boolean isHintDue(int member, long nowMillis) {
    return isDue(lastHint, member, nowMillis);
  }

  /** Whether the question of {@code member} may be answered once more. */
  boolean isAnswerDue(int member, long nowMillis) {
    return isDue(lastAnswer, member, nowMillis);
  }

  private static boolean isDue(long[] last, int member, long nowMillis) {
    var elapsed = nowMillis - last[member];
    if (elapsed >= 0 && elapsed < HINT_INTERVAL_MILLIS) {
      return false;
    }
    last[member] = nowMillis;
    return true;
  }

  List<Long> lastHeard() {
    return list(lastHeard);
  }

  List<Long> rounds() {
    return list(started);
  }

  private static List<Long> list(long[] values) {
    var list = new ArrayList<Long>();
    for (var value : values) {
      list.add(value);
    }
    return list;
  }
}
