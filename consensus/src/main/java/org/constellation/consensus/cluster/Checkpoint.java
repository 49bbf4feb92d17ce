package org.constellation.consensus.cluster;

import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.CheckpointHeader;

/** A cluster's block without its certificate. */
public record Checkpoint(CheckpointHeader header, CheckpointBody body) {

  /** As it goes up to the galaxy. */
  public CertifiedCheckpoint certifiedBy(Certificate certificate) {
    return new CertifiedCheckpoint(header, certificate, body);
  }
}
