package org.constellation.star.ledger;

import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.proof.CertificateCheck;
import org.constellation.protocol.wire.CheckpointCodec;

/** Whether a checkpoint is what its committee signed. */
final class Promises {

  private Promises() {}

  static boolean isCertified(
      CertifiedCheckpoint checkpoint, EraPlan plan, SignatureVerifier verifier) {
    var header = checkpoint.header();
    return header.bodyDigest().equals(CheckpointCodec.bodyDigest(checkpoint.body()))
        && CertificateCheck.check(checkpoint.certificate(), header.hash(), plan, verifier)
            instanceof CertificateCheck.Certified;
  }
}
