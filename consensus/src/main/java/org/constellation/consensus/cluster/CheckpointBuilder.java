package org.constellation.consensus.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.constellation.consensus.layer.EvidenceChoice;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.Judgement;
import org.constellation.protocol.state.StarChains;

/**
 * Puts segments in their places: in the given order, each right where its chain ends; one whose
 * predecessor comes later in the block right after that; of two for one place the first, and the
 * other becomes evidence. What fits nowhere is left out.
 */
final class CheckpointBuilder {

  private final List<Segment> placed = new ArrayList<>();
  private final Set<Hash> references = new LinkedHashSet<>();
  private final Map<StarId, TreeMap<Early, Segment>> early = new LinkedHashMap<>();
  private final Map<StarId, List<Segment>> ofStar = new LinkedHashMap<>();
  private final Set<Evidence> evidence = new LinkedHashSet<>();
  private int arrivals;
  private StarChains chains;
  private SegmentSize size = SegmentSize.NONE;

  /** A segment whose predecessor has not come yet. */
  private record Early(long sequence, int arrival) implements Comparable<Early> {
    @Override
    public int compareTo(Early other) {
      var bySequence = Long.compare(sequence, other.sequence);
      return bySequence != 0 ? bySequence : Integer.compare(arrival, other.arrival);
    }
  }

  CheckpointBuilder(StarChains chains) {
    this.chains = chains;
  }

  void add(Segment segment) {
    judge(segment, arrivals++);
    placeWhatFollows(segment.star());
  }

  /**
   * The early ones that the star's head has reached, the first to come first. A loop, as somebody
   * may name thousands in reverse.
   */
  private void placeWhatFollows(StarId star) {
    var waiting = early.get(star);
    var reached = new TreeMap<Integer, Segment>();
    while (waiting != null) {
      var next = chains.head(star).orElseThrow().sequence() + 1;
      while (!waiting.isEmpty() && waiting.firstKey().sequence() <= next) {
        var entry = waiting.pollFirstEntry();
        reached.put(entry.getKey().arrival(), entry.getValue());
      }
      if (reached.isEmpty()) {
        return;
      }
      var first = reached.pollFirstEntry();
      judge(first.getValue(), first.getKey());
    }
  }

  private void judge(Segment segment, int arrival) {
    switch (chains.judge(segment)) {
      case Judgement.Includable(var suffix) -> place(segment, suffix);
      case Judgement.NotNext _ ->
          early
              .computeIfAbsent(segment.star(), _ -> new TreeMap<>())
              .put(new Early(segment.first().sequence(), arrival), segment);
      case Judgement.Included _, Judgement.Fork _ -> compareWithPlaced(segment);
      case Judgement.WrongHome _, Judgement.WrongKey _, Judgement.WrongNetwork _ -> {}
    }
  }

  void add(Evidence found) {
    evidence.add(found);
  }

  /** The references of the segments that found a place. */
  Set<Hash> references() {
    return references;
  }

  CheckpointBody body() {
    var chosen = new EvidenceChoice(chains.state(), chains::head, chains.verifier());
    evidence.forEach(chosen::add);
    return new CheckpointBody(placed, chosen.pieces());
  }

  private void place(Segment whole, Segment suffix) {
    var larger = size.plus(SegmentSize.of(suffix));
    if (!larger.fitsCheckpoint()) {
      return;
    }
    size = larger;
    placed.add(suffix);
    references.add(whole.reference());
    ofStar.computeIfAbsent(suffix.star(), _ -> new ArrayList<>()).add(suffix);
    chains = chains.after(new CheckpointBody(List.of(suffix), List.of()));
  }

  private void compareWithPlaced(Segment segment) {
    for (var other : ofStar.getOrDefault(segment.star(), List.of())) {
      forkOf(other, segment).ifPresent(this::add);
    }
  }

  /** Evidence from the first sequence at which two segments differ. */
  static Optional<Evidence> forkOf(Segment included, Segment other) {
    if (!included.key().equals(other.key())) {
      return Optional.empty();
    }
    var from = Math.max(included.first().sequence(), other.first().sequence());
    var to = Math.min(included.last().sequence(), other.last().sequence());
    for (var sequence = from; sequence <= to; sequence++) {
      if (!idAt(included, sequence).equals(idAt(other, sequence))) {
        return Optional.of(new Evidence.Fork(included.from(sequence), other.from(sequence)));
      }
    }
    return Optional.empty();
  }

  private static Hash idAt(Segment segment, long sequence) {
    return segment.halfBlocks().get((int) (sequence - segment.first().sequence())).id();
  }
}
