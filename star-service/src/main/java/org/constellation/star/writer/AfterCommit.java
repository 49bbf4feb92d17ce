package org.constellation.star.writer;

import java.util.List;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.star.StarId;
import org.constellation.star.transaction.Transaction;

/** What happens once a batch is durable. Runs in the writer's turn, so it must be quick. */
public interface AfterCommit {

  /** Sends, tells listeners. */
  void committed(Committed batch);

  /**
   * A commit failed, and may have taken place all the same: what was told may be behind the
   * database, or ahead of it.
   */
  void recalled();

  /**
   * A batch that is stored.
   *
   * @param transactions new and changed ones, by their place in the feed
   * @param homed stars that have just got a home
   * @param forks segments that contradict a chain, for the cluster to see
   */
  record Committed(
      Changes changes, List<Transaction> transactions, List<StarId> homed, List<Segment> forks) {
    public Committed {
      transactions = List.copyOf(transactions);
      homed = List.copyOf(homed);
      forks = List.copyOf(forks);
    }
  }
}
