package org.constellation.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** The Java runtime's own implementation: everywhere, and slow. */
final class JavaRuntimeProvider extends JcaProvider {

  private final KeyFactory keys;

  /**
   * Finds the runtime's elliptic curve provider by name, so that another one that is registered
   * before it does not take its place.
   *
   * @throws IllegalStateException if this runtime is built without it
   */
  JavaRuntimeProvider() {
    super(sunEc());
    try {
      this.keys = KeyFactory.getInstance("Ed25519", sunEc());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no Ed25519", e);
    }
  }

  private static Provider sunEc() {
    var provider = Security.getProvider("SunEC");
    if (provider == null) {
      throw new IllegalStateException("this Java runtime has no SunEC provider");
    }
    return provider;
  }

  @Override
  java.security.PublicKey verificationKey(PublicKey key) throws GeneralSecurityException {
    return keys.generatePublic(new X509EncodedKeySpec(EncodedKey.x509(key.shared())));
  }

  @Override
  PrivateKey privateKey(byte[] seed) throws GeneralSecurityException {
    return keys.generatePrivate(new PKCS8EncodedKeySpec(EncodedKey.pkcs8(seed)));
  }
}
