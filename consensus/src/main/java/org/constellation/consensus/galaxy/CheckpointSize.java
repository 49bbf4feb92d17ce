package org.constellation.consensus.galaxy;

import org.constellation.consensus.layer.LayerLimits;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.wire.EvidenceCodec;

/**
 * What a checkpoint weighs against the limits of a payload and of a block: a bound on its encoding
 * that is cheap to reckon and the same for everybody, whoever signed the certificate at hand.
 */
final class CheckpointSize {

  /**
   * Most bytes of checkpoints that one payload may name. The largest that a cluster can certify
   * fits, evidence and all: else nobody could ever name it, nor any that follow it.
   */
  static final long NAMED_BYTES_MAX = LayerLimits.BODY_BYTES_MAX;

  /** Key, signature and tags. */
  private static final int SEGMENT_FRAME_BYTES = 128;

  private static final int HALF_BLOCK_FRAME_BYTES = 8;

  private static final int EVIDENCE_FRAME_BYTES = 8;

  /** A committee's signatures with their indexes and tags. */
  private static final int CERTIFICATE_BYTES = 80 * EraPlan.MEMBERS_MAX;

  private CheckpointSize() {}

  static long bytes(CertifiedCheckpoint checkpoint) {
    var bytes = (long) checkpoint.header().bytes().length() + CERTIFICATE_BYTES;
    for (var segment : checkpoint.body().segments()) {
      bytes += SEGMENT_FRAME_BYTES;
      for (var halfBlock : segment.halfBlocks()) {
        bytes += halfBlock.bytes().length() + HALF_BLOCK_FRAME_BYTES;
      }
    }
    for (var evidence : checkpoint.body().evidence()) {
      bytes += EvidenceCodec.encode(evidence).length() + EVIDENCE_FRAME_BYTES;
    }
    return bytes;
  }
}
