package org.constellation.simulation.crypto;

import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SignatureScheme;
import org.constellation.protocol.crypto.SigningKey;

/**
 * Signatures that anybody could make: fast and worthless. What an adversary does is written down,
 * and forging is no part of it.
 */
final class MacScheme implements SignatureScheme {

  @Override
  public SigningKey signingKey(byte[] seed) {
    var key = PublicKey.of(Hashing.hash("SIMULATED-KEY", seed).toBytes());
    return new MacKey(key, seed.clone());
  }

  @Override
  public boolean verify(PublicKey key, byte[] message, Signature signature) {
    return mac(key, message).equals(signature);
  }

  private static Signature mac(PublicKey key, byte[] message) {
    var bytes = new byte[Signature.LENGTH];
    var mac = Hashing.hash("SIMULATED-MAC", key.toBytes(), message).toBytes();
    System.arraycopy(mac, 0, bytes, 0, mac.length);
    System.arraycopy(mac, 0, bytes, mac.length, mac.length);
    return Signature.of(bytes);
  }

  private static final class MacKey implements SigningKey {
    private final PublicKey publicKey;
    private final byte[] seed;

    private MacKey(PublicKey publicKey, byte[] seed) {
      this.publicKey = publicKey;
      this.seed = seed;
    }

    @Override
    public PublicKey publicKey() {
      return publicKey;
    }

    @Override
    public Signature sign(byte[] message) {
      return mac(publicKey, message);
    }

    @Override
    public byte[] seed() {
      return seed.clone();
    }

    @Override
    public String toString() {
      return publicKey.toString();
    }
  }
}
