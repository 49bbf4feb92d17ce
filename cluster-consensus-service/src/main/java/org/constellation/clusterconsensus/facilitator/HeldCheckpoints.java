package org.constellation.clusterconsensus.facilitator;

import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.constellation.platform.follow.BlockSource;

/**
 * A facilitator's checkpoints that are not final: as many as a cluster may run ahead of the galaxy.
 */
final class HeldCheckpoints implements BlockSource {

  private final ConcurrentNavigableMap<Long, Stored> byRound = new ConcurrentSkipListMap<>();

  void put(long round, Stored checkpoint) {
    byRound.put(round, checkpoint);
  }

  void dropThrough(long finalRound) {
    byRound.headMap(finalRound, true).clear();
  }

  @Override
  public Optional<Stored> block(long round) {
    return Optional.ofNullable(byRound.get(round));
  }
}
