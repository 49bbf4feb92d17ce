package org.constellation.consensus.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;

/**
 * Segments that wait for their place in a checkpoint: the stars in the order in which they began to
 * wait, each star's segments by sequence.
 */
final class SegmentPool {

  /** Most segments of one star. */
  static final int SEGMENTS_PER_STAR_MAX = 1_024;

  /** Most segments of all stars. */
  static final int SEGMENTS_MAX = 65_536;

  /** Most bytes of all segments. */
  static final long BYTES_MAX = 128L * 1024 * 1024;

  private final Map<StarId, TreeMap<Place, Segment>> stars = new LinkedHashMap<>();

  /** Only looked up in, never walked through. */
  private final Set<Hash> references = new HashSet<>();

  private long bytes;

  private record Place(long sequence, Hash reference) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      var bySequence = Long.compare(sequence, other.sequence);
      return bySequence != 0 ? bySequence : reference.compareTo(other.reference);
    }
  }

  /** Adds a segment; the limit that keeps it out, if one does. */
  Optional<String> add(Segment segment) {
    if (references.contains(segment.reference())) {
      return Optional.empty();
    }
    var size = SegmentSize.of(segment).bytes();
    if (references.size() >= SEGMENTS_MAX || bytes + size > BYTES_MAX) {
      return Optional.of("the pool is full");
    }
    var ofStar = stars.get(segment.star());
    if (ofStar != null && ofStar.size() >= SEGMENTS_PER_STAR_MAX) {
      return Optional.of("the star has " + SEGMENTS_PER_STAR_MAX + " segments waiting");
    }
    stars.computeIfAbsent(segment.star(), _ -> new TreeMap<>()).put(place(segment), segment);
    references.add(segment.reference());
    bytes += size;
    return Optional.empty();
  }

  boolean contains(Hash reference) {
    return references.contains(reference);
  }

  void remove(Segment segment) {
    var ofStar = stars.get(segment.star());
    if (ofStar != null && ofStar.remove(place(segment)) != null) {
      references.remove(segment.reference());
      bytes -= SegmentSize.of(segment).bytes();
      if (ofStar.isEmpty()) {
        stars.remove(segment.star());
      }
    }
  }

  /** What a star has waiting, by sequence. */
  Collection<Segment> of(StarId star) {
    var ofStar = stars.get(star);
    return ofStar == null
        ? List.of()
        : Collections.unmodifiableCollection(new ArrayList<>(ofStar.values()));
  }

  /** The stars, the longest waiting first. */
  List<StarId> stars() {
    return new ArrayList<>(stars.keySet());
  }

  int size() {
    return references.size();
  }

  private static Place place(Segment segment) {
    return new Place(segment.first().sequence(), segment.reference());
  }
}
