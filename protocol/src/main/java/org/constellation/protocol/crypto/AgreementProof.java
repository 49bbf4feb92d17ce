package org.constellation.protocol.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.constellation.protocol.Bytes;

/**
 * Schnorr's proof that somebody knows the secret x of an agreement key K = xG on P-256, bound to a
 * message: A = wG, c = hash(K, A, message), z = w + cx. What is sent is c and z. Without it, a
 * member could offer a key made out of others' keys, or one that nobody can use.
 */
public final class AgreementProof {

  /** Bytes of a key: 02 or 03 for the sign of y, then x. */
  public static final int KEY_LENGTH = 33;

  /** Bytes of a proof: challenge and response. */
  public static final int LENGTH = 64;

  private static final int SCALAR_LENGTH = 32;

  private static final X9ECParameters P256 = CustomNamedCurves.getByName("P-256");

  private AgreementProof() {}

  /** Whether these are the canonical bytes of a point other than the one at infinity. */
  public static boolean isKey(Bytes key) {
    return point(key).isPresent();
  }

  /**
   * The key of a secret.
   *
   * @throws IllegalArgumentException unless the secret is 32 bytes of a number from 1 to below the
   *     order
   */
  public static Bytes keyOf(byte[] secret) {
    return encode(multiplySecret(scalar(secret)));
  }

  /**
   * Proves that the maker knows {@code secret}.
   *
   * @param random draws the nonce; whoever can foresee it learns the secret from the proof
   * @throws IllegalArgumentException as {@link #keyOf}
   */
  public static Bytes prove(byte[] secret, byte[] message, RandomGenerator random) {
    var x = scalar(secret);
    var nonce = BigInteger.ZERO;
    while (nonce.signum() == 0 || nonce.compareTo(P256.getN()) >= 0) {
      var drawn = new byte[SCALAR_LENGTH];
      random.nextBytes(drawn);
      nonce = new BigInteger(1, drawn);
    }
    var challenge = challenge(keyOf(secret), multiplySecret(nonce), message);
    var response = nonce.add(number(challenge).multiply(x)).mod(P256.getN());
    var proof = Arrays.copyOf(challenge, LENGTH);
    System.arraycopy(
        BigIntegers.asUnsignedByteArray(SCALAR_LENGTH, response),
        0,
        proof,
        SCALAR_LENGTH,
        SCALAR_LENGTH);
    return Bytes.copyOf(proof);
  }

  /** Whether {@code proof} was made with the secret of {@code key} for this very message. */
  public static boolean holds(Bytes key, byte[] message, Bytes proof) {
    var point = point(key);
    if (point.isEmpty() || proof.length() != LENGTH) {
      return false;
    }
    var challenge = Arrays.copyOf(proof.toArray(), SCALAR_LENGTH);
    var response = number(Arrays.copyOfRange(proof.toArray(), SCALAR_LENGTH, LENGTH));
    if (response.compareTo(P256.getN()) >= 0) {
      return false;
    }
    var minusC = number(challenge).negate().mod(P256.getN());
    var commitment =
        ECAlgorithms.sumOfTwoMultiplies(P256.getG(), response, point.get(), minusC).normalize();
    return !commitment.isInfinity()
        && Arrays.equals(challenge, challenge(key, commitment, message));
  }

  private static byte[] challenge(Bytes key, ECPoint commitment, byte[] message) {
    return Hashing.hash(
            "CSTL-V1-AGREEMENT-PROOF", key.toArray(), encode(commitment).toArray(), message)
        .toBytes();
  }

  private static Optional<ECPoint> point(Bytes key) {
    if (key.length() != KEY_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(P256.getCurve().decodePoint(key.toArray()));
    } catch (IllegalArgumentException offTheCurveOrNotReduced) {
      return Optional.empty();
    }
  }

  private static BigInteger scalar(byte[] secret) {
    var scalar = number(secret);
    if (secret.length != SCALAR_LENGTH
        || scalar.signum() == 0
        || scalar.compareTo(P256.getN()) >= 0) {
      throw new IllegalArgumentException("not a P-256 secret");
    }
    return scalar;
  }

  /** The comb's sequence of operations does not depend on the secret. */
  private static ECPoint multiplySecret(BigInteger secret) {
    return new FixedPointCombMultiplier().multiply(P256.getG(), secret).normalize();
  }

  private static Bytes encode(ECPoint point) {
    return Bytes.copyOf(point.getEncoded(true));
  }

  private static BigInteger number(byte[] bytes) {
    return new BigInteger(1, bytes);
  }
}
