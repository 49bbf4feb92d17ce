package org.constellation.protocol.crypto;

import java.util.random.RandomGenerator;

/**
 * A way to sign and to check signatures. {@link Ed25519} is the network's; simulations put cheaper
 * ones behind this interface.
 */
public interface SignatureScheme extends SignatureVerifier {

  /** Length in bytes of the secret that a key is made from. */
  int SEED_LENGTH = 32;

  /**
   * The key made from {@code seed}; the same seed always gives the same key.
   *
   * @throws IllegalArgumentException unless there are exactly {@value #SEED_LENGTH} bytes
   */
  SigningKey signingKey(byte[] seed);

  /**
   * A new key from 32 bytes of {@code random}, which must be cryptographically secure wherever the
   * key is to protect anything.
   */
  default SigningKey generate(RandomGenerator random) {
    var seed = new byte[SEED_LENGTH];
    random.nextBytes(seed);
    return signingKey(seed);
  }
}
