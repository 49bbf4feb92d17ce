package org.constellation.protocol.testkit;

import java.util.Arrays;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SignatureScheme;
import org.constellation.protocol.crypto.SigningKey;

/**
 * Signatures that cost one hash and that anybody could forge; tests that forge do so on purpose.
 */
public final class HashedSignatures implements SignatureScheme {

  @Override
  public boolean verify(PublicKey key, byte[] message, Signature signature) {
    return signature.equals(sign(key, message));
  }

  @Override
  public SigningKey signingKey(byte[] seed) {
    var key = PublicKey.of(Hashing.hash("CSTL-V1-TEST-KEY", seed).toBytes());
    return new SigningKey() {
      @Override
      public PublicKey publicKey() {
        return key;
      }

      @Override
      public Signature sign(byte[] message) {
        return HashedSignatures.sign(key, message);
      }

      @Override
      public byte[] seed() {
        return seed.clone();
      }
    };
  }

  private static Signature sign(PublicKey key, byte[] message) {
    var hash = Hashing.tagged("CSTL-V1-TEST-SIGNATURE").key(key).bytes(message).finish();
    return Signature.of(Arrays.copyOf(hash.toBytes(), Hash.LENGTH * 2));
  }
}
