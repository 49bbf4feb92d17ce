package org.constellation.protocol.crypto;

import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A seed with its public key and the provider's signer. */
final class Ed25519SigningKey implements SigningKey {

  private final byte[] seed;
  private final PublicKey publicKey;
  private final Ed25519Provider.Signer signer;

  /** Takes ownership of {@code seed}. */
  Ed25519SigningKey(byte[] seed, Ed25519Provider provider) {
    this.seed = seed;
    this.publicKey = derive(seed);
    this.signer = provider.signer(seed);
  }

  /** Neither JDK nor native provider derives a public key from a seed; Bouncy Castle does. */
  private static PublicKey derive(byte[] seed) {
    var encoded = new byte[PublicKey.LENGTH];
    Ed25519.generatePublicKey(seed, 0, encoded, 0);
    return PublicKey.of(encoded);
  }

  @Override
  public PublicKey publicKey() {
    return publicKey;
  }

  @Override
  public Signature sign(byte[] message) {
    return Signature.of(signer.sign(message));
  }

  @Override
  public byte[] seed() {
    return seed.clone();
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "signing key of " + publicKey;
  }
}
