package org.constellation.consensus.layer;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;

/**
 * A block with the signatures of n−f members.
 *
 * @param round the layer's round: a cluster's round, the galaxy's height
 * @param hash of the block's header
 * @param encoded as it travels: header, certificate and everything needed to check it again
 * @param <B> the layer's block
 */
public record CertifiedBlock<B>(
    long round, Hash hash, Certificate certificate, B block, Bytes encoded) {

  /** Whether n−f different members of {@code plan} signed the header {@code hash}. */
  public static boolean isCertified(
      EraPlan plan, Hash hash, Certificate certificate, SignatureVerifier verifier) {
    return Certification.isCertified(plan, hash, certificate, verifier);
  }
}
