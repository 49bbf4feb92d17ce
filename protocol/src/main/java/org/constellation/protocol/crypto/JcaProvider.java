package org.constellation.protocol.crypto;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SignatureException;

/** Ed25519 by one provider of the Java cryptography architecture. */
abstract class JcaProvider implements Ed25519Provider {

  private static final String ALGORITHM = "Ed25519";

  private final Provider provider;

  JcaProvider(Provider provider) {
    this.provider = provider;
  }

  /** The key in a form that the provider takes; fails if it decodes and finds no point. */
  abstract java.security.PublicKey verificationKey(PublicKey key) throws GeneralSecurityException;

  /** The seed in a form that the provider takes. */
  abstract PrivateKey privateKey(byte[] seed) throws GeneralSecurityException;

  @Override
  public String name() {
    return provider.getName() + " " + provider.getVersionStr();
  }

  @Override
  public boolean verify(PublicKey key, byte[] message, Signature signature) {
    // A new object each time costs one microsecond of some forty, and needs no lock.
    var verification = algorithm();
    try {
      verification.initVerify(verificationKey(key));
      verification.update(message);
      return verification.verify(signature.shared());
    } catch (GeneralSecurityException e) {
      // Providers differ in whether they answer or throw where a point or scalar cannot be decoded.
      return false;
    }
  }

  /** Keeps the initialised object: initialising costs as much as signing does. */
  @Override
  public Signer signer(byte[] seed) {
    var signing = algorithm();
    try {
      signing.initSign(privateKey(seed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(name() + " takes any 32 bytes as a seed", e);
    }
    return message -> {
      synchronized (signing) {
        try {
          signing.update(message);
          return signing.sign();
        } catch (SignatureException e) {
          throw new IllegalStateException(name() + " signs any message", e);
        }
      }
    };
  }

  private java.security.Signature algorithm() {
    try {
      return java.security.Signature.getInstance(ALGORITHM, provider);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(name() + " has no Ed25519", e);
    }
  }
}
