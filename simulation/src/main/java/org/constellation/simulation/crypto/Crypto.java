package org.constellation.simulation.crypto;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;
import org.constellation.consensus.coin.CommonCoin;
import org.constellation.consensus.coin.DealtKeys;
import org.constellation.consensus.coin.ThresholdCoin;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.crypto.SignatureScheme;
import org.constellation.protocol.crypto.SigningKey;

/** What the keys, signatures and coins of a run are made of. */
public enum Crypto {
  /** Keyed hashes. */
  CHEAP,
  /** Ed25519, and coins on P-256. */
  REAL;

  /** How signatures are made and checked. */
  public SignatureScheme scheme() {
    return switch (this) {
      case CHEAP -> new MacScheme();
      case REAL -> Ed25519.best();
    };
  }

  /** Somebody's key, always the same one. */
  public SigningKey key(String owner) {
    return scheme().signingKey(Hashing.tagged("SIMULATED-SEED").text(owner).finish().toBytes());
  }

  /** The coin of every member of a committee. */
  public List<CommonCoin> coins(int members, long seed) {
    var roster = new Roster(members);
    var indexes = IntStream.range(0, members).mapToObj(MemberIndex::new);
    return switch (this) {
      case CHEAP -> {
        var coins = new KeyedHashCoins(roster, seed);
        yield indexes.map(coins::of).toList();
      }
      case REAL -> {
        var keys = DealtKeys.deal(roster, new SplittableRandom(seed));
        yield indexes
            .<CommonCoin>map(
                member ->
                    new ThresholdCoin(keys.keySet(), member, keys.secrets().get(member.value())))
            .toList();
      }
    };
  }
}
