package org.constellation.consensus.galaxy;

import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.wire.EvidenceCodec;

/** What a checkpoint's body weighs against the limits: cheap to reckon, the same for everybody. */
final class CheckpointSize {

  private CheckpointSize() {}

  /** Bytes of half-blocks and evidence, the bulk of every body. */
  static long bytes(CheckpointBody body) {
    var bytes = 0L;
    for (var segment : body.segments()) {
      for (var halfBlock : segment.halfBlocks()) {
        bytes += halfBlock.bytes().length();
      }
    }
    for (var evidence : body.evidence()) {
      bytes += EvidenceCodec.encode(evidence).length();
    }
    return bytes;
  }
}
