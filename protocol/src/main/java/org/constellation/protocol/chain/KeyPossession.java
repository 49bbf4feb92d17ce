package org.constellation.protocol.chain;

import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.star.StarId;

/** What a new key signs to show that somebody holds it, bound to the star that adopts it. */
public final class KeyPossession {

  private KeyPossession() {}

  /** The 32 bytes to sign. */
  public static byte[] message(Hash network, StarId star, PublicKey newKey) {
    return Hashing.tagged("CSTL-V1-KEY-CHANGE")
        .hash(network)
        .bytes(star.toBytes())
        .bytes(newKey.toBytes())
        .finish()
        .toBytes();
  }
}
