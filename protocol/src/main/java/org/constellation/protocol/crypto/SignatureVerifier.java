package org.constellation.protocol.crypto;

/** Checks signatures. Safe for use by several threads. */
@FunctionalInterface
public interface SignatureVerifier {

  /**
   * Whether {@code signature} is acceptable for {@code message} under {@code key}. Total: bytes
   * that are no point, no scalar or no signature give {@code false}, never an exception.
   */
  boolean verify(PublicKey key, byte[] message, Signature signature);

  /**
   * The same checks, each reported to {@code onCheck} before it is made: what a node spends on
   * signatures is its largest cost, so it wants to count them.
   */
  default SignatureVerifier counting(Runnable onCheck) {
    return (key, message, signature) -> {
      onCheck.run();
      return verify(key, message, signature);
    };
  }
}
