package org.constellation.consensus.layer;

import org.constellation.consensus.coin.CommonCoin;
import org.constellation.protocol.crypto.SignatureVerifier;

/**
 * The keys at work.
 *
 * @param coin of this member's share
 * @param signer of this member's operational key
 * @param verifier of other members' signatures under headers
 */
public record LayerPorts(CommonCoin coin, HeaderSigner signer, SignatureVerifier verifier) {}
