package org.constellation.simulation.byzantine;

import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SigningKey;

/**
 * Speaks in another's name, without the other's key: under whatever it says stands one and the same
 * signature, which is another's, or belongs to something else, or is none.
 *
 * @param publicKey the other's
 */
public record Pretender(PublicKey publicKey, Signature signature) implements SigningKey {

  /** A signature that is none. */
  public static final Signature NOTHING = Signature.of(new byte[Signature.LENGTH]);

  @Override
  public Signature sign(byte[] message) {
    return signature;
  }

  @Override
  public byte[] seed() {
    throw new IllegalStateException("a pretender has no secret");
  }
}
