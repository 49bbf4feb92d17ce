package org.constellation.consensus.layer;

import java.util.List;
import org.constellation.protocol.crypto.Hash;

/**
 * What a member's proposal says beside its entries.
 *
 * @param round the round that it is for
 * @param previousHash of the block before it; the proposal's first entry
 * @param nowMillis the proposer's clock
 * @param latenessMillis by member: how long after the start of the previous round its proposal came
 * @param seed spreads the choices of different members over a large pool
 */
public record ProposalContext(
    long round, Hash previousHash, long nowMillis, List<Integer> latenessMillis, long seed) {

  /** Lateness of a member that was not heard of, and the most that is reported. */
  public static final int LATENESS_MAX_MILLIS = 60_000;

  public ProposalContext {
    latenessMillis = List.copyOf(latenessMillis);
  }
}
