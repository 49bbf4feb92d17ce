package org.constellation.platform.member;

import org.constellation.consensus.layer.HeaderSigner;
import org.constellation.consensus.layer.Layer;
import org.constellation.consensus.layer.LayerRecall;
import org.constellation.protocol.crypto.SignatureVerifier;

/**
 * How a service puts a member's layer together from what the platform has for it.
 *
 * @param <B> the layer's block
 */
@FunctionalInterface
public interface LayerAssembly<B> {

  /**
   * Builds the layer, with rules that belong to this member alone.
   *
   * @param recall what the member's journal holds
   * @param signer of the member's operational key
   * @param verifier the member's own: it counts this member's checks, and no result of it may be
   *     shared with another member
   */
  Layer<B> assemble(LayerRecall recall, HeaderSigner signer, SignatureVerifier verifier);
}
