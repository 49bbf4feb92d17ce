package org.constellation.consensus.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
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

  /** Most bytes of one star's segments. */
  static final long BYTES_PER_STAR_MAX = 1024 * 1024;

  /** Most segments of one star that wait for what comes before them. */
  static final int DETACHED_PER_STAR_MAX = 32;

  /** Most bytes of those. */
  static final long DETACHED_BYTES_PER_STAR_MAX = BYTES_PER_STAR_MAX / 2;

  /** Most segments of all stars. */
  static final int SEGMENTS_MAX = 65_536;

  /** Most bytes of all segments. */
  static final long BYTES_MAX = 128L * 1024 * 1024;

  /** A full pool drops what does not follow until this many eighths of it are taken. */
  private static final int EIGHTHS_KEPT = 7;

  private final Map<StarId, Waiting> stars = new LinkedHashMap<>();

  /** Only looked up in, never walked through. */
  private final Set<Hash> references = new HashSet<>();

  private long bytes;

  /** Whether anything may have come loose since the pool was last searched for it. */
  private boolean loose = true;

  /** One star's segments. */
  private static final class Waiting {
    private final TreeMap<Place, Segment> segments = new TreeMap<>();
    private long bytes;

    /** Those that do not follow, by the others, from {@code next}. */
    private List<Segment> detached(long next) {
      var found = new ArrayList<Segment>();
      var reach = next;
      for (var segment : segments.values()) {
        if (segment.first().sequence() <= reach) {
          reach = Math.max(reach, segment.last().sequence() + 1);
        } else {
          found.add(segment);
        }
      }
      return found;
    }
  }

  private record Place(long sequence, Hash reference) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      var bySequence = Long.compare(sequence, other.sequence);
      return bySequence != 0 ? bySequence : reference.compareTo(other.reference);
    }
  }

  /**
   * Adds a segment; the limit that keeps it out, if one does. What follows its star's chain drives
   * out what does not: that may wait for ever, and nobody else shall wait with it. Of what does not
   * follow, the later gives way to the earlier, in whatever order they come.
   *
   * @param next the sequence that comes next in a star's chain
   */
  Optional<String> add(Segment segment, ToLongFunction<? super StarId> next) {
    if (references.contains(segment.reference())) {
      return Optional.empty();
    }
    put(segment);
    var full = limitReached(segment, next);
    if (full.isPresent()) {
      take(segment);
    }
    return full;
  }

  private Optional<String> limitReached(Segment added, ToLongFunction<? super StarId> next) {
    var ofStar = Objects.requireNonNull(stars.get(added.star()));
    var detached = ofStar.detached(next.applyAsLong(added.star()));
    var isDetached = detached.contains(added);
    if (isDetached) {
      while (detached.size() > DETACHED_PER_STAR_MAX
          || SegmentSize.of(detached).bytes() > DETACHED_BYTES_PER_STAR_MAX) {
        var last = detached.removeLast();
        if (last.equals(added)) {
          return Optional.of("the star has segments waiting for what comes before them");
        }
        remove(last);
      }
    } else {
      dropAfter(added, ofStar);
      if (isFull() && loose) {
        dropDetached(next);
      }
    }
    if (isFull(ofStar)) {
      return Optional.of("the star has too much waiting");
    }
    if (isFull()) {
      return Optional.of("the pool is full");
    }
    loose |= isDetached;
    return Optional.empty();
  }

  /** Of one star's, what comes later gives way. */
  private void dropAfter(Segment added, Waiting ofStar) {
    while (isFull(ofStar) && ofStar.segments.lastKey().sequence() > added.last().sequence()) {
      remove(ofStar.segments.lastEntry().getValue());
    }
  }

  private static boolean isFull(Waiting ofStar) {
    return ofStar.segments.size() > SEGMENTS_PER_STAR_MAX || ofStar.bytes > BYTES_PER_STAR_MAX;
  }

  private boolean isFull() {
    return references.size() > SEGMENTS_MAX || bytes > BYTES_MAX;
  }

  /** A star's head has moved: what followed may not any more. */
  void headsMoved() {
    loose = true;
  }

  /** The longest waiting star's first. Searches all only if there may be any. */
  private void dropDetached(ToLongFunction<? super StarId> next) {
    for (var star : stars()) {
      for (var segment : Objects.requireNonNull(stars.get(star)).detached(next.applyAsLong(star))) {
        remove(segment);
      }
      if (references.size() <= SEGMENTS_MAX / 8 * EIGHTHS_KEPT
          && bytes <= BYTES_MAX / 8 * EIGHTHS_KEPT) {
        return;
      }
    }
    loose = false;
  }

  boolean contains(Hash reference) {
    return references.contains(reference);
  }

  private void put(Segment segment) {
    var ofStar = stars.computeIfAbsent(segment.star(), _ -> new Waiting());
    var size = SegmentSize.of(segment).bytes();
    ofStar.segments.put(place(segment), segment);
    ofStar.bytes += size;
    references.add(segment.reference());
    bytes += size;
  }

  void remove(Segment segment) {
    loose = true;
    take(segment);
  }

  private void take(Segment segment) {
    var ofStar = stars.get(segment.star());
    if (ofStar != null && ofStar.segments.remove(place(segment)) != null) {
      var size = SegmentSize.of(segment).bytes();
      references.remove(segment.reference());
      ofStar.bytes -= size;
      bytes -= size;
      if (ofStar.segments.isEmpty()) {
        stars.remove(segment.star());
      }
    }
  }

  /** What a star has waiting, by sequence. */
  Collection<Segment> of(StarId star) {
    var ofStar = stars.get(star);
    return ofStar == null
        ? List.of()
        : Collections.unmodifiableCollection(new ArrayList<>(ofStar.segments.values()));
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
