package org.constellation.protocol.crypto;

/** Checks signatures. Safe for use by several threads. */
@FunctionalInterface
public interface SignatureVerifier {

  /**
   * Whether {@code signature} is acceptable for {@code message} under {@code key}. Total: bytes
   * that are no point, no scalar or no signature give {@code false}, never an exception.
   */
  boolean verify(PublicKey key, byte[] message, Signature signature);
}
