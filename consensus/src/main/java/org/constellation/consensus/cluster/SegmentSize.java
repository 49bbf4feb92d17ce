package org.constellation.consensus.cluster;

import java.util.Collection;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.chain.Segment;

/**
 * How much segments weigh against the limits of a payload and of a checkpoint: a bound on their
 * encoding that is cheap to reckon and the same for everybody.
 *
 * @param halfBlocks how many there are
 * @param bytes of their encodings, with what frames them
 */
record SegmentSize(int halfBlocks, long bytes) {

  static final SegmentSize NONE = new SegmentSize(0, 0);

  /** Key, signature and tags. */
  private static final int SEGMENT_FRAME_BYTES = 128;

  private static final int HALF_BLOCK_FRAME_BYTES = 8;

  static SegmentSize of(Segment segment) {
    var bytes = (long) SEGMENT_FRAME_BYTES;
    for (var halfBlock : segment.halfBlocks()) {
      bytes += halfBlock.bytes().length() + HALF_BLOCK_FRAME_BYTES;
    }
    return new SegmentSize(segment.halfBlocks().size(), bytes);
  }

  static SegmentSize of(Collection<Segment> segments) {
    return segments.stream().map(SegmentSize::of).reduce(NONE, SegmentSize::plus);
  }

  SegmentSize plus(SegmentSize other) {
    return new SegmentSize(halfBlocks + other.halfBlocks, bytes + other.bytes);
  }

  boolean fitsPayload() {
    return halfBlocks <= LayerLimits.HALF_BLOCKS_NAMED_MAX
        && bytes <= LayerLimits.BODY_BYTES_NAMED_MAX;
  }

  boolean fitsCheckpoint() {
    return halfBlocks <= CheckpointBody.HALF_BLOCKS_MAX && bytes <= CheckpointBody.BYTES_MAX;
  }
}
