package org.constellation.protocol.block;

import org.constellation.protocol.crypto.Hash;

/**
 * New no0s.
 *
 * @param amount minted by the block in all, 0 where nothing is
 * @param sharesRoot Merkle root over who got what, zeroes where nothing is minted
 */
public record Mint(long amount, Hash sharesRoot) {

  /** Nothing is minted. */
  public static final Mint NONE = new Mint(0, Hash.ZERO);
}
