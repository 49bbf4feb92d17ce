package org.constellation.consensus.cluster;

import java.util.LinkedHashMap;
import java.util.Optional;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.star.StarId;

/**
 * The segment in which each star's chain ends, to be shown beside one that contradicts it, however
 * long after. Of the stars that wrote last, as many as there is room for; a member that starts
 * again knows those of its journal only. What is older is in the ledger, and whoever keeps that
 * shows it to the cluster.
 */
final class LastSegments {

  /** Some 100,000 stars that write a half-block at a time. */
  static final long BYTES_MAX = 32L * 1024 * 1024;

  private final LinkedHashMap<StarId, Segment> byStar = new LinkedHashMap<>();
  private long bytes;

  void placed(Segment segment) {
    remove(segment.star());
    byStar.put(segment.star(), segment);
    bytes += SegmentSize.of(segment).bytes();
    while (bytes > BYTES_MAX) {
      remove(byStar.firstEntry().getKey());
    }
  }

  private void remove(StarId star) {
    var removed = byStar.remove(star);
    if (removed != null) {
      bytes -= SegmentSize.of(removed).bytes();
    }
  }

  /** The star's last segment, if it holds the half-block with this sequence. */
  Optional<Segment> with(StarId star, long sequence) {
    return Optional.ofNullable(byStar.get(star))
        .filter(
            segment ->
                segment.first().sequence() <= sequence && sequence <= segment.last().sequence());
  }

  int size() {
    return byStar.size();
  }
}
