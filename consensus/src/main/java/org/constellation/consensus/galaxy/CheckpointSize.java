package org.constellation.consensus.galaxy;

import org.constellation.consensus.layer.LayerLimits;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.wire.EvidenceCodec;

/**
 * What checkpoints weigh against the limits of a payload and of a block: a bound on their encoding
 * that is cheap to reckon and the same for everybody.
 *
 * @param checkpoints how many there are
 * @param halfBlocks in all of them
 * @param bytes of their encodings, with what frames them
 */
record CheckpointSize(int checkpoints, int halfBlocks, long bytes) {

  static final CheckpointSize NONE = new CheckpointSize(0, 0, 0);

  /** Signatures of the largest committee: members may hold different ones of a certificate. */
  private static final int CERTIFICATE_BYTES = 80 * EraPlan.MEMBERS_MAX;

  /** Key, signature and tags. */
  private static final int SEGMENT_FRAME_BYTES = 128;

  private static final int ENTRY_FRAME_BYTES = 8;

  static CheckpointSize of(CertifiedCheckpoint checkpoint) {
    var bytes = (long) checkpoint.header().bytes().length() + CERTIFICATE_BYTES;
    for (var segment : checkpoint.body().segments()) {
      bytes += SEGMENT_FRAME_BYTES;
      for (var halfBlock : segment.halfBlocks()) {
        bytes += halfBlock.bytes().length() + ENTRY_FRAME_BYTES;
      }
    }
    for (var evidence : checkpoint.body().evidence()) {
      bytes += EvidenceCodec.encode(evidence).length() + ENTRY_FRAME_BYTES;
    }
    return new CheckpointSize(1, checkpoint.header().count(), bytes);
  }

  CheckpointSize plus(CheckpointSize other) {
    return new CheckpointSize(
        checkpoints + other.checkpoints, halfBlocks + other.halfBlocks, bytes + other.bytes);
  }

  /**
   * One checkpoint always fits, whatever its cluster put into it: a round that could never be named
   * would end its cluster's chain.
   */
  boolean fitsPayload() {
    return checkpoints <= 1
        || (halfBlocks <= LayerLimits.HALF_BLOCKS_NAMED_MAX
            && bytes <= LayerLimits.BODY_BYTES_NAMED_MAX);
  }

  boolean fitsBlock() {
    return checkpoints <= 1
        || (halfBlocks <= BlockContent.HALF_BLOCKS_MAX && bytes <= BlockContent.BYTES_MAX);
  }
}
