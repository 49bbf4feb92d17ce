package org.constellation.protocol.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.amazon.corretto.crypto.provider.RuntimeCryptoException;
import java.security.PrivateKey;

/** Amazon Corretto Crypto Provider: native code, for the platforms that its library exists for. */
final class NativeProvider extends JcaProvider {

  /**
   * Loads the library and runs its self-tests.
   *
   * @throws IllegalStateException if there is no library for this platform, or a self-test fails
   */
  NativeProvider() {
    super(healthy());
  }

  private static AmazonCorrettoCryptoProvider healthy() {
    try {
      var provider = new AmazonCorrettoCryptoProvider();
      provider.assertHealthy();
      return provider;
    } catch (RuntimeCryptoException e) {
      throw new IllegalStateException("the native one fails its tests or does not load, " + e, e);
    }
  }

  @Override
  java.security.PublicKey verificationKey(PublicKey key) {
    return new EncodedKey.Public(key);
  }

  @Override
  PrivateKey privateKey(byte[] seed) {
    return new EncodedKey.Private(seed);
  }
}
