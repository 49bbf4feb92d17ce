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

  private record Held(Stored checkpoint, Optional<Long> certifiedMillis) {}

  void certified(long round, Stored checkpoint, long nowMillis) {
    byRound.put(round, new Held(checkpoint, Optional.of(nowMillis)));
  }

  /** A checkpoint of the journal, which does not tell when it was certified. */
  void recalled(long round, Stored checkpoint) {
    byRound.put(round, new Held(checkpoint, Optional.empty()));
  }

  /** Lets go of what is final; when each of those was certified, as far as that is known. */
  List<Long> dropThrough(long finalRound) {
    var dropped = byRound.headMap(finalRound, true);
    var times = dropped.values().stream().flatMap(held -> held.certifiedMillis().stream()).toList();
    dropped.clear();
    return times;
  }

  @Override
  public Optional<Stored> block(long round) {
    return Optional.ofNullable(byRound.get(round)).map(Held::checkpoint);
  }
}
