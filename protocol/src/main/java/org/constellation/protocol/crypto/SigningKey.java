package org.constellation.protocol.crypto;

/**
 * A private key that signs. Implementations may be used by several threads and show at most the
 * public key when printed.
 */
public interface SigningKey {

  /** The key that the signatures are checked against. */
  PublicKey publicKey();

  /** Signs {@code message}; the same message always gets the same signature. */
  Signature sign(byte[] message);

  /**
   * A copy of the 32 secret bytes that the key is made from, for a caller that stores them
   * encrypted.
   */
  byte[] seed();
}
