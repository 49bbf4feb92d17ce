package org.constellation.consensus.layer;

import org.constellation.protocol.crypto.Signature;

/** Signs with a member's operational key; the same bytes for the same message, always. */
@FunctionalInterface
public interface HeaderSigner {

  /**
   * The signature.
   *
   * @param message what {@link org.constellation.protocol.block.Certificate#signedMessage} gives
   */
  Signature sign(byte[] message);
}
