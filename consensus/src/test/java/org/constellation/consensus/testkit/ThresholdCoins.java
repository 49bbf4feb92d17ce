package org.constellation.consensus.testkit;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.coin.CoinName;
import org.constellation.consensus.coin.CommonCoin;
import org.constellation.consensus.coin.DealtKeys;
import org.constellation.consensus.coin.ThresholdCoin;
import org.constellation.protocol.crypto.Hash;

/** The production coin with keys from a dealer. */
public final class ThresholdCoins implements Coins {

  private final Roster roster;
  private final DealtKeys keys;
  private final Map<CoinName, Hash> foreseen = new HashMap<>();

  /** Keys that depend on {@code seed} alone. */
  public ThresholdCoins(Roster roster, long seed) {
    this.roster = roster;
    this.keys = DealtKeys.deal(roster, new SplittableRandom(seed));
  }

  @Override
  public CommonCoin of(MemberIndex member) {
    return new ThresholdCoin(keys.keySet(), member, keys.secrets().get(member.value()));
  }

  @Override
  public Hash keySet() {
    return keys.keySet().id();
  }

  @Override
  public Hash foresee(CoinName name) {
    return foreseen.computeIfAbsent(name, this::combine);
  }

  private Hash combine(CoinName name) {
    var shares = new TreeMap<MemberIndex, VoteValue>();
    for (var member : roster.members().subList(0, roster.oneCorrect())) {
      shares.put(member, of(member).toss(name).share());
    }
    return of(new MemberIndex(0)).toss(name).combine(shares);
  }
}
