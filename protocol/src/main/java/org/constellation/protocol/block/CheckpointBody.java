package org.constellation.protocol.block;

import java.util.List;
import org.constellation.protocol.chain.Segment;

/** What a cluster's block orders. */
public record CheckpointBody(List<Segment> segments, List<Evidence> evidence) {

  /** Most bytes of all segments. */
  public static final int BYTES_MAX = 8 * 1024 * 1024;

  /** Most half-blocks. */
  public static final int HALF_BLOCKS_MAX = 8_192;

  /** Most pieces of evidence. */
  public static final int EVIDENCE_MAX = 64;

  /** Most bytes of all evidence. */
  public static final int EVIDENCE_BYTES_MAX = 4 * 1024 * 1024;

  public CheckpointBody {
    segments = List.copyOf(segments);
    evidence = List.copyOf(evidence);
    var halfBlocks = segments.stream().mapToInt(segment -> segment.halfBlocks().size()).sum();
    if (halfBlocks > HALF_BLOCKS_MAX || evidence.size() > EVIDENCE_MAX) {
      throw new IllegalArgumentException(
          halfBlocks + " half-blocks and " + evidence.size() + " pieces of evidence are too many");
    }
  }
}
