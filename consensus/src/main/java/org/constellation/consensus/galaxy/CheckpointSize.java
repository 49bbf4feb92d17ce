package org.constellation.consensus.galaxy;

import org.constellation.protocol.block.CheckpointBody;

/** What a checkpoint's body weighs against the limits: cheap to reckon, the same for everybody. */
final class CheckpointSize {

  private CheckpointSize() {}

  /** Bytes of the half-blocks, the bulk of every body. */
  static long bytes(CheckpointBody body) {
    var bytes = 0L;
    for (var segment : body.segments()) {
      for (var halfBlock : segment.halfBlocks()) {
        bytes += halfBlock.bytes().length();
      }
    }
    return bytes;
  }
}
