package org.constellation.consensus.coin;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.constellation.consensus.Roster;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;

/**
 * Coin keys made by one dealer, who could know every coin: for a genesis only, until the members
 * have generated keys of their own.
 *
 * @param keySet what everybody may know
 * @param publicKey the shared secret times the generator
 * @param secrets every member's secret, in index order
 */
public record DealtKeys(KeySet keySet, P256Point publicKey, List<SecretShare> secrets) {

  /** Copies the secrets. */
  public DealtKeys {
    secrets = List.copyOf(secrets);
  }

  /**
   * Shares a random secret with a polynomial of degree f, so that f + 1 members toss.
   *
   * @param random a cryptographic source, unless the keys protect nothing
   */
  public static DealtKeys deal(Roster roster, RandomGenerator random) {
    while (true) {
      var coefficients = new ArrayList<BigInteger>();
      while (coefficients.size() < roster.oneCorrect()) {
        coefficients.add(P256.scalar(random));
      }
      var shares =
          roster.members().stream().map(m -> evaluate(coefficients, m.value() + 1)).toList();
      if (shares.stream().noneMatch(share -> share.signum() == 0)) {
        return of(coefficients, shares.stream().map(SecretShare::new).toList());
      }
    }
  }

  private static DealtKeys of(List<BigInteger> coefficients, List<SecretShare> secrets) {
    var sharesNeeded = coefficients.size();
    var hashing = Hashing.tagged("CSTL-V1-KEY-SET").number(sharesNeeded);
    var entries = new ArrayList<KeySet.Entry>();
    for (var secret : secrets) {
      var entry = new KeySet.Entry(entries.size() + 1, secret.publicShare());
      entries.add(entry);
      hashing.number(entry.thresholdIndex()).bytes(entry.publicShare().toBytes());
    }
    Hash id = hashing.finish();
    var publicKey = P256Point.of(P256.multiplySecret(P256.G, coefficients.getFirst()));
    return new DealtKeys(new KeySet(id, sharesNeeded, entries), publicKey, secrets);
  }

  private static BigInteger evaluate(List<BigInteger> coefficients, int at) {
    var value = BigInteger.ZERO;
    for (var coefficient : coefficients.reversed()) {
      value = value.multiply(BigInteger.valueOf(at)).add(coefficient).mod(P256.ORDER);
    }
    return value;
  }
}
