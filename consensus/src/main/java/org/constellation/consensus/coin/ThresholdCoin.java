package org.constellation.consensus.coin;

import org.constellation.consensus.MemberIndex;

/**
 * The threshold coin of Cachin, Kursawe and Shoup on P-256. The secret x is shared with a
 * polynomial; for a name with point U = hash_to_curve(name), members release S_i = x_i U with a
 * proof, and the coin is the hash of xU = Σ λ_i S_i over any t+1 of them. Unlike with a pairing,
 * the combined value cannot be checked cheaply, so every share is verified before it is used.
 */
public final class ThresholdCoin implements CommonCoin {

  private final KeySet keys;
  private final MemberIndex self;
  private final SecretShare secret;

  /**
   * The coin as {@code self} tosses it.
   *
   * @throws IllegalArgumentException if the secret is not the one of {@code self} in this key set
   */
  public ThresholdCoin(KeySet keys, MemberIndex self, SecretShare secret) {
    if (!keys.of(self).publicShare().equals(secret.publicShare())) {
      throw new IllegalArgumentException("the secret is not that of " + self);
    }
    this.keys = keys;
    this.self = self;
    this.secret = secret;
  }

  @Override
  public CoinToss toss(CoinName name) {
    return new ThresholdToss(keys, self, secret, name);
  }
}
