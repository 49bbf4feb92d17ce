package org.constellation.consensus.layer;

import org.constellation.consensus.coin.CommonCoin;
import org.constellation.consensus.subset.SubsetSource;
import org.constellation.protocol.crypto.SignatureVerifier;

/**
 * What a layer works with: the way to agree, and the keys.
 *
 * @param subsets how this member agrees with the others
 * @param signer of this member's operational key
 * @param verifier of other members' signatures under headers
 */
public record LayerPorts(SubsetSource subsets, HeaderSigner signer, SignatureVerifier verifier) {

  /** With the protocol, and this member's share of the coin. */
  public LayerPorts(CommonCoin coin, HeaderSigner signer, SignatureVerifier verifier) {
    this(SubsetSource.tossing(coin), signer, verifier);
  }
}
