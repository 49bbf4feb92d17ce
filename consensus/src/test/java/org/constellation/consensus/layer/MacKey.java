package org.constellation.consensus.layer;

import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.crypto.SigningKey;

/**
 * A key whose signatures anybody could make: fast, deterministic, behind the real interfaces. What
 * an adversary of the simulation does is written down, and forging is not part of it.
 */
record MacKey(PublicKey publicKey) implements SigningKey {

  /** Checks what any {@link MacKey} signed. */
  static final SignatureVerifier VERIFIER =
      (key, message, signature) -> signature(key, message).equals(signature);

  static MacKey of(String name, long number) {
    return new MacKey(
        PublicKey.of(Hashing.tagged("TEST-KEY").text(name).number(number).finish().toBytes()));
  }

  @Override
  public Signature sign(byte[] message) {
    return signature(publicKey, message);
  }

  @Override
  public byte[] seed() {
    throw new UnsupportedOperationException("there is no secret");
  }

  private static Signature signature(PublicKey key, byte[] message) {
    var bytes = new byte[Signature.LENGTH];
    var mac = Hashing.hash("TEST-MAC", key.toBytes(), message).toBytes();
    System.arraycopy(mac, 0, bytes, 0, mac.length);
    System.arraycopy(mac, 0, bytes, mac.length, mac.length);
    return Signature.of(bytes);
  }
}
