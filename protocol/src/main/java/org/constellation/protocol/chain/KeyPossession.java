package org.constellation.protocol.chain;

import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.star.StarId;

/** What a new key signs to show that somebody holds it, bound to the star that adopts it. */
public final class KeyPossession {

  private KeyPossession() {}

  /** The 32 bytes to sign for a key change. */
  public static byte[] message(Hash network, StarId star, PublicKey newKey) {
    return message("CSTL-V1-KEY-CHANGE", network, star, newKey);
  }

  /** The 32 bytes that an operational key signs for the star that offers it for committees. */
  public static byte[] operationalMessage(Hash network, StarId star, PublicKey operationalKey) {
    return message("CSTL-V1-OPERATIONAL-KEY", network, star, operationalKey);
  }

  /**
   * The 32 bytes for which the proof of an agreement key is made: it belongs to this star's offer
   * and to the operational key that signs beside it.
   */
  public static byte[] agreementMessage(Hash network, StarId star, PublicKey operationalKey) {
    return message("CSTL-V1-AGREEMENT-KEY", network, star, operationalKey);
  }

  private static byte[] message(String tag, Hash network, StarId star, PublicKey key) {
    return Hashing.tagged(tag)
        .hash(network)
        .bytes(star.toBytes())
        .bytes(key.toBytes())
        .finish()
        .toBytes();
  }
}
