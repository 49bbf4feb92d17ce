package org.constellation.blackhole.query;

import java.util.List;
import java.util.Map;

/** Answers whoever waits for many transactions at once: what ended, whole blocks at a time. */
public interface EndedTransactions {

  /** About as many transactions are told at once; a larger block is told alone. */
  int TRANSACTIONS_SOFT_MAX = 10_000;

  /**
   * @param height up to which this tells: where to ask on from
   * @param ended ids in hexadecimal, by outcome
   */
  record Ended(long height, Map<String, List<String>> ended) {
    public Ended {
      ended = Map.copyOf(ended);
    }
  }

  /** What ended in blocks above {@code height}. */
  Ended after(long height);

  /** Nothing, and the height of the newest block: for whoever begins to ask. */
  Ended fromNowOn();
}
