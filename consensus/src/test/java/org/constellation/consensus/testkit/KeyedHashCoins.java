package org.constellation.consensus.testkit;

import java.util.SortedMap;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.coin.CoinName;
import org.constellation.consensus.coin.CoinToss;
import org.constellation.consensus.coin.CommonCoin;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;

/**
 * Coins of keyed hashes: behind the real interface and with real thresholds, but everybody who has
 * the seed could forge. Thousands of times as fast as elliptic curves.
 *
 * @param roster the committee
 * @param seed the one secret
 */
public record KeyedHashCoins(Roster roster, long seed) implements Coins {

  @Override
  public Hash keySet() {
    return Hashing.tagged("TEST-COIN-KEYS").number(seed).finish();
  }

  @Override
  public Hash foresee(CoinName name) {
    return Hashing.tagged("TEST-COIN").number(seed).bytes(name.toBytes()).finish();
  }

  @Override
  public CommonCoin of(MemberIndex member) {
    return name -> new Toss(name, member);
  }

  private VoteValue shareOf(CoinName name, MemberIndex member) {
    var hashing = Hashing.tagged("TEST-COIN-SHARE").number(seed).number(member.value());
    return VoteValue.of(hashing.bytes(name.toBytes()).finish().toBytes());
  }

  private final class Toss implements CoinToss {
    private final CoinName name;
    private final MemberIndex member;

    Toss(CoinName name, MemberIndex member) {
      this.name = name;
      this.member = member;
    }

    @Override
    public VoteValue share() {
      return shareOf(name, member);
    }

    @Override
    public boolean isValid(MemberIndex from, VoteValue share) {
      return share.equals(shareOf(name, from));
    }

    @Override
    public int sharesNeeded() {
      return roster.oneCorrect();
    }

    @Override
    public Hash combine(SortedMap<MemberIndex, VoteValue> shares) {
      if (shares.size() != sharesNeeded()
          || !shares.entrySet().stream().allMatch(s -> isValid(s.getKey(), s.getValue()))) {
        throw new IllegalArgumentException("a coin needs f + 1 valid shares");
      }
      return foresee(name);
    }
  }
}
