package org.constellation.consensus.galaxy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.constellation.consensus.layer.BodyShelf;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.state.ClusterRecord;
import org.constellation.protocol.state.LedgerState;
import org.jspecify.annotations.Nullable;

/**
 * Certified checkpoints that this member holds and has checked, and the runs of them that continue
 * what is final.
 */
final class CheckpointPool {

  /** Rounds beyond the final one from which checkpoints are kept. */
  static final int ROUNDS_AHEAD_MAX = 256;

  /** Two prove that more than f of a cluster's members are faulty; more prove nothing else. */
  static final int HEADERS_PER_ROUND_MAX = 2;

  private final BodyShelf<CertifiedCheckpoint> shelf = new BodyShelf<>();
  private final TreeMap<Place, CheckpointHeader> waiting = new TreeMap<>();

  private record Place(int cluster, long round, Hash header) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      var byCluster = Integer.compare(cluster, other.cluster);
      var byRound = byCluster != 0 ? byCluster : Long.compare(round, other.round);
      return byRound != 0 ? byRound : header.compareTo(other.header);
    }
  }

  BodyShelf<CertifiedCheckpoint> shelf() {
    return shelf;
  }

  /**
   * Whether a checkpoint may be wanted for a later block: one that is final is not, nor a further
   * one of a round that more than f of its cluster's members signed several of.
   */
  boolean hasRoomFor(CheckpointHeader header, LedgerState state) {
    return isAhead(header.cluster(), header.round(), state)
        && waiting
                .subMap(
                    new Place(header.cluster(), header.round(), Hash.ZERO),
                    new Place(header.cluster(), header.round() + 1, Hash.ZERO))
                .size()
            < HEADERS_PER_ROUND_MAX;
  }

  /** Counts a checked checkpoint among those that wait for their block. */
  void await(CheckpointHeader header) {
    waiting.put(place(header), header);
  }

  /** Whether the checkpoint waits for its galaxy block. */
  boolean isWaiting(Hash headerHash) {
    return shelf
        .get(headerHash)
        .filter(checkpoint -> waiting.containsKey(place(checkpoint.header())))
        .isPresent();
  }

  /** Forgets what is final, and what a peer made this member store far ahead. */
  void retainAfter(LedgerState state) {
    waiting.keySet().removeIf(place -> !isAhead(place.cluster(), place.round(), state));
  }

  private static boolean isAhead(int cluster, long round, LedgerState state) {
    var last = state.cluster(cluster);
    return last.isPresent()
        && round > last.get().round()
        && round - last.get().round() <= ROUNDS_AHEAD_MAX;
  }

  void sweep(long certifiedHeight) {
    shelf.sweep(certifiedHeight, hashes()::contains);
  }

  private Set<Hash> hashes() {
    return new TreeSet<>(waiting.values().stream().map(CheckpointHeader::hash).toList());
  }

  /** Makes room: what can become final last goes first, and comes again once a payload names it. */
  void relieve(LedgerState state) {
    if (!shelf.isOverfull()) {
      return;
    }
    shelf.relieve(hashes()::contains);
    var furthestFirst =
        waiting.keySet().stream()
            .sorted(
                Comparator.<Place>comparingLong(
                        place ->
                            place.round()
                                - state
                                    .cluster(place.cluster())
                                    .map(ClusterRecord::round)
                                    .orElse(0L))
                    .thenComparing(Comparator.naturalOrder())
                    .reversed())
            .toList();
    for (var place : furthestFirst) {
      if (!shelf.isOverfull()) {
        return;
      }
      if (shelf.evict(place.header())) {
        waiting.remove(place);
      }
    }
  }

  /**
   * What the next payload should name: of every cluster a run, as much as fits. What does not fit
   * ends its cluster's run here, not the others'.
   *
   * @param seed which cluster comes first, so that none always has the room that another leaves
   */
  List<Hash> forPayload(LedgerState state, long seed) {
    var runs = Runs.of(waiting.values(), state);
    if (runs.isEmpty()) {
      return List.of();
    }
    var start = (int) Long.remainderUnsigned(seed * 0x9E3779B9L, runs.size());
    var chosen = new ArrayList<Hash>();
    var ended = new TreeSet<Integer>();
    var size = CheckpointSize.NONE;
    for (var header : Runs.interleaved(runs, start)) {
      if (chosen.size() >= LayerLimits.CHECKPOINTS_NAMED_MAX) {
        break;
      }
      var larger = size.plus(CheckpointSize.of(shelf.get(header.hash()).orElseThrow()));
      if (ended.contains(header.cluster()) || !larger.fitsPayload()) {
        ended.add(header.cluster());
        continue;
      }
      size = larger;
      chosen.add(header.hash());
    }
    return chosen;
  }

  /** Whether a payload could name anything. */
  boolean hasRun(LedgerState state) {
    return !Runs.of(waiting.values(), state).isEmpty();
  }

  /**
   * The first round of each cluster for which two headers of the era in force are certified. Which
   * is the true one nobody can tell, so the cluster's checkpoints are taken no further.
   */
  SortedMap<Integer, Long> contradictions(LedgerState state) {
    var found = new TreeMap<Integer, Long>();
    @Nullable CheckpointHeader before = null;
    for (var header : waiting.values()) {
      var era = state.eraPlan(Committee.ofCluster(header.cluster())).map(EraPlan::era);
      if (era.filter(now -> now == header.era()).isEmpty()) {
        continue;
      }
      if (before != null
          && before.cluster() == header.cluster()
          && before.round() == header.round()) {
        found.putIfAbsent(header.cluster(), header.round());
      }
      before = header;
    }
    return found;
  }

  Optional<CertifiedCheckpoint> get(Hash headerHash) {
    return shelf.get(headerHash);
  }

  Collection<CheckpointHeader> waiting() {
    return waiting.values();
  }

  private static Place place(CheckpointHeader header) {
    return new Place(header.cluster(), header.round(), header.hash());
  }
}
