package org.constellation.clusterconsensus.facilitator;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.constellation.platform.follow.BlockSource;

/**
 * A facilitator's checkpoints that are not final: as many as a cluster may run ahead of the galaxy.
 */
final class HeldCheckpoints implements BlockSource {

  private final ConcurrentNavigableMap<Long, Held> byRound = new ConcurrentSkipListMap<>();

  private record Held(Stored checkpoint, long certifiedMillis) {}

  void put(long round, Stored checkpoint, long certifiedMillis) {
    byRound.put(round, new Held(checkpoint, certifiedMillis));
  }

  /** Lets go of what is final; when each of those was certified. */
  List<Long> dropThrough(long finalRound) {
    var dropped = byRound.headMap(finalRound, true);
    var times = dropped.values().stream().map(Held::certifiedMillis).toList();
    dropped.clear();
    return times;
  }

  @Override
  public Optional<Stored> block(long round) {
    return Optional.ofNullable(byRound.get(round)).map(Held::checkpoint);
  }
}
