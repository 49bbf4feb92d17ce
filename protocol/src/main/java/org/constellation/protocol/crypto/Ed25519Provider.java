package org.constellation.protocol.crypto;

/** What computes Ed25519: the equation and the signature, but not the acceptance rule. */
interface Ed25519Provider {

  /** Name and version. */
  String name();

  /** The verification equation without cofactor; {@code false} also for what cannot be decoded. */
  boolean verify(PublicKey key, byte[] message, Signature signature);

  /** A signer that holds {@code seed} in the form that the provider signs fastest with. */
  Signer signer(byte[] seed);

  /** Signs with one key; safe for use by several threads. */
  @FunctionalInterface
  interface Signer {
    byte[] sign(byte[] message);
  }
}
