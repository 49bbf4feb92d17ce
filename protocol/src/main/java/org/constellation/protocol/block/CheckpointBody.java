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

  public CheckpointBody {
    segments = List.copyOf(segments);
    evidence = List.copyOf(evidence);
  }
}
