package org.constellation.consensus.coin;

import java.math.BigInteger;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.AgreementProof;

/**
 * A member's static P-256 key: what is meant for this member alone, such as its share of a coin
 * key, is sealed to the public half. It prints as nothing.
 */
public final class AgreementKey {

  /** Bytes of a private key. */
  public static final int LENGTH = P256.SCALAR_LENGTH;

  private final BigInteger scalar;
  private final P256Point publicPoint;

  private AgreementKey(BigInteger scalar) {
    this.scalar = scalar;
    this.publicPoint = P256Point.of(P256.multiplySecret(P256.G, scalar));
  }

  /**
   * Reads a private key.
   *
   * @throws IllegalArgumentException unless these are 32 bytes of a number between 0 and the order
   */
  public static AgreementKey of(byte[] bytes) {
    var scalar = new BigInteger(1, bytes);
    if (bytes.length != LENGTH || scalar.signum() == 0 || scalar.compareTo(P256.ORDER) >= 0) {
      throw new IllegalArgumentException("not a P-256 private key");
    }
    return new AgreementKey(scalar);
  }

  /** The public half. */
  public P256Point publicPoint() {
    return publicPoint;
  }

  /** Proves that this member holds the key, as the ledger checks it: {@link AgreementProof}. */
  public Bytes prove(byte[] message, RandomGenerator random) {
    return AgreementProof.prove(P256.encode(scalar), message, random);
  }

  /**
   * Opens what {@link SealedBox#seal} closed for this key in this context.
   *
   * @return nothing if it was sealed for another key or context, or was altered
   */
  public Optional<byte[]> open(byte[] sealed, byte[] context) {
    if (sealed.length < SealedBox.OVERHEAD) {
      return Optional.empty();
    }
    var ephemeral = P256Point.decode(SealedBox.ephemeralOf(sealed));
    if (ephemeral.isEmpty()) {
      return Optional.empty();
    }
    var shared = P256Point.of(P256.multiplySecret(ephemeral.get().point(), scalar));
    try {
      return Optional.of(
          SealedBox.decrypt(SealedBox.keys(ephemeral.get(), publicPoint, shared), sealed, context));
    } catch (InvalidCipherTextException notForUsOrAltered) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "AgreementKey(" + publicPoint + ")";
  }
}
