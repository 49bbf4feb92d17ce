package org.constellation.consensus.coin;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.hash2curve.HashToCurveProfile;
import org.bouncycastle.crypto.hash2curve.HashToEllipticCurve;
import org.bouncycastle.crypto.hash2curve.impl.XmdMessageExpansion;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/** NIST P-256 as the threshold coin needs it. The group has prime order: no small subgroups. */
final class P256 {

  /** Bytes of a scalar or a coordinate. */
  static final int SCALAR_LENGTH = 32;

  /** Bytes that are hashed to a scalar: 128 bits more than the order has, against bias. */
  private static final int WIDE_SCALAR_LENGTH = 48;

  private static final int SECURITY_BITS = 128;

  private static final X9ECParameters PARAMETERS = CustomNamedCurves.getByName("P-256");

  /** The generator. */
  static final ECPoint G = PARAMETERS.getG();

  /** The group's order. */
  static final BigInteger ORDER = PARAMETERS.getN();

  private P256() {}

  /** The point of {@code message} by RFC 9380, suite P256_XMD:SHA-256_SSWU_RO_. */
  static ECPoint hashToCurve(byte[] message, String domain) {
    var hashed =
        HashToEllipticCurve.getInstance(HashToCurveProfile.P256_XMD_SHA_256, domain)
            .hashToCurve(message);
    return PARAMETERS.getCurve().importPoint(hashed).normalize();
  }

  /**
   * A scalar from parts, each with its length: {@code expand_message_xmd} reduced mod the order.
   */
  static BigInteger hashToScalar(String domain, byte[]... parts) {
    var message = new ByteArrayOutputStream();
    for (var part : parts) {
      message.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
      message.writeBytes(part);
    }
    var expanded =
        new XmdMessageExpansion(new SHA256Digest(), SECURITY_BITS)
            .expandMessage(
                message.toByteArray(),
                domain.getBytes(StandardCharsets.US_ASCII),
                WIDE_SCALAR_LENGTH);
    return new BigInteger(1, expanded).mod(ORDER);
  }

  /**
   * A random scalar other than zero, uniform below the order: numbers from the order up are drawn
   * again.
   */
  static BigInteger scalar(RandomGenerator random) {
    var bytes = new byte[SCALAR_LENGTH];
    while (true) {
      random.nextBytes(bytes);
      var drawn = new BigInteger(1, bytes);
      if (drawn.signum() > 0 && drawn.compareTo(ORDER) < 0) {
        return drawn;
      }
    }
  }

  /** Multiplies by a secret: the comb's sequence of operations does not depend on it. */
  static ECPoint multiplySecret(ECPoint point, BigInteger secret) {
    return new FixedPointCombMultiplier().multiply(point, secret).normalize();
  }

  /** The 33 bytes of a point that is not the one at infinity. */
  static byte[] encode(ECPoint point) {
    return point.getEncoded(true);
  }

  /** The 32 bytes of a scalar. */
  static byte[] encode(BigInteger scalar) {
    return BigIntegers.asUnsignedByteArray(SCALAR_LENGTH, scalar);
  }

  /** The point with these compressed bytes; throws what Bouncy Castle throws if there is none. */
  static ECPoint decode(byte[] compressed) {
    return PARAMETERS.getCurve().decodePoint(compressed);
  }
}
