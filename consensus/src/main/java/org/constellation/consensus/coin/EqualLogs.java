package org.constellation.consensus.coin;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The proof of Chaum and Pedersen that log_G h = log_U S, made non-interactive by Fiat and Shamir
 * (DLEQ): A = wG, B = wU, c = hash(context, G, U, h, S, A, B), z = w + cx.
 */
final class EqualLogs {

  private static final String DOMAIN = "CSTL-V1-DLEQ-P256";

  private EqualLogs() {}

  /**
   * Proves it for h = xG and S = xU. A nonce must never serve two statements: that would give x
   * away.
   */
  static CoinShare prove(byte[] context, BigInteger x, ECPoint h, ECPoint u, BigInteger nonce) {
    var s = P256.multiplySecret(u, x);
    var a = P256.multiplySecret(P256.G, nonce);
    var b = P256.multiplySecret(u, nonce);
    var challenge = challenge(context, u, h, s, a, b);
    var response = nonce.add(challenge.multiply(x)).mod(P256.ORDER);
    return new CoinShare(P256Point.of(s), challenge, response);
  }

  /** Whether {@code share} proves it: the challenge comes out of A' = zG − ch and B' = zU − cS. */
  static boolean holds(byte[] context, ECPoint h, ECPoint u, CoinShare share) {
    var minusC = share.challenge().negate().mod(P256.ORDER);
    var z = share.response();
    var s = share.point().point();
    var a = ECAlgorithms.sumOfTwoMultiplies(P256.G, z, h, minusC).normalize();
    var b = ECAlgorithms.sumOfTwoMultiplies(u, z, s, minusC).normalize();
    return !a.isInfinity()
        && !b.isInfinity()
        && share.challenge().equals(challenge(context, u, h, s, a, b));
  }

  private static BigInteger challenge(
      byte[] context, ECPoint u, ECPoint h, ECPoint s, ECPoint a, ECPoint b) {
    return P256.hashToScalar(
        DOMAIN,
        context,
        P256.encode(P256.G),
        P256.encode(u),
        P256.encode(h),
        P256.encode(s),
        P256.encode(a),
        P256.encode(b));
  }
}
