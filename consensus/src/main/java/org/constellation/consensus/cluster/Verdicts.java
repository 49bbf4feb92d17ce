package org.constellation.consensus.cluster;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The verdicts that wait for the service; the oldest are dropped, stars send again. */
final class Verdicts {

  /** Most that wait. */
  static final int WAITING_MAX = 4_096;

  private final Deque<Verdict> waiting = new ArrayDeque<>();

  void add(Verdict verdict) {
    if (waiting.size() >= WAITING_MAX) {
      waiting.removeFirst();
    }
    waiting.add(verdict);
  }

  /** Hands them out, once. */
  List<Verdict> drain() {
    var drained = List.copyOf(waiting);
    waiting.clear();
    return drained;
  }
}
