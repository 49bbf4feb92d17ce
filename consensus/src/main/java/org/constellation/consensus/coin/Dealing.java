package org.constellation.consensus.coin;

import java.math.BigInteger;
import java.util.List;

/**
 * Whether somebody else dealt a coin well. Shares that lie on no one polynomial make different
 * outcomes for different members, and agreement rests on one outcome for all; the public halves
 * show it.
 */
public final class Dealing {

  private Dealing() {}

  /** Whether all public shares, and the public key at 0, are of one polynomial of degree t. */
  public static boolean isOfOnePolynomial(KeySet keys, P256Point publicKey) {
    var base = keys.byMember().subList(0, keys.sharesNeeded());
    return isAt(base, 0, publicKey)
        && keys.byMember().stream()
            .skip(keys.sharesNeeded())
            .allMatch(entry -> isAt(base, entry.thresholdIndex(), entry.publicShare()));
  }

  /** Whether the polynomial through {@code base} goes through this point, by Lagrange. */
  private static boolean isAt(List<KeySet.Entry> base, int place, P256Point expected) {
    var sum = P256.G.getCurve().getInfinity();
    for (var entry : base) {
      sum = sum.add(entry.publicShare().point().multiply(weight(base, entry, place)));
    }
    return sum.equals(expected.point());
  }

  private static BigInteger weight(List<KeySet.Entry> base, KeySet.Entry of, int place) {
    var numerator = BigInteger.ONE;
    var denominator = BigInteger.ONE;
    for (var other : base) {
      if (other.thresholdIndex() != of.thresholdIndex()) {
        numerator = times(numerator, place - other.thresholdIndex());
        denominator = times(denominator, of.thresholdIndex() - other.thresholdIndex());
      }
    }
    return numerator.multiply(denominator.modInverse(P256.ORDER)).mod(P256.ORDER);
  }

  private static BigInteger times(BigInteger number, int factor) {
    return number.multiply(BigInteger.valueOf(factor)).mod(P256.ORDER);
  }
}
