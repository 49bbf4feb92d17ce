package org.constellation.benchmarks;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Roster;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.coin.CoinName;
import org.constellation.consensus.coin.CoinScope;
import org.constellation.consensus.coin.CoinToss;
import org.constellation.consensus.testkit.ThresholdCoins;
import org.constellation.protocol.crypto.Hash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The threshold coin on P-256. Only combining depends on the committee's size. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.NATIVE_ACCESS, Jvm.UNSAFE_ACCESS})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CoinBenchmark {

  private static final MemberIndex SELF = new MemberIndex(0);
  private static final MemberIndex PEER = new MemberIndex(1);

  private static CoinName name(ThresholdCoins coins, long round) {
    return new CoinScope("benchmark", 0, 0, coins.keySet(), 0, round).name(0, 2);
  }

  /** Four members' keys, and one toss whose name is already a point. */
  @State(Scope.Benchmark)
  public static class Four {
    private final ThresholdCoins coins = new ThresholdCoins(new Roster(4), 1);
    private final CoinToss toss = coins.of(SELF).toss(name(coins, 0));
    private final VoteValue peersShare = coins.of(PEER).toss(name(coins, 0)).share();
    private long round;

    /** Finds the toss's point. */
    @Setup
    public void prepare() {
      toss.share();
    }
  }

  /** The shares that make a coin, by committee size. */
  @State(Scope.Benchmark)
  @SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
  public static class Shares {

    /** Size of the committee. */
    @Param({"4", "7", "16"})
    int members = 4;

    private final SortedMap<MemberIndex, VoteValue> shares = new TreeMap<>();
    private CoinToss toss;

    /** Gathers f + 1 shares. */
    @Setup
    public void prepare() {
      var roster = new Roster(members);
      var coins = new ThresholdCoins(roster, 1);
      toss = coins.of(SELF).toss(name(coins, 0));
      for (var member : roster.members().subList(0, roster.oneCorrect())) {
        shares.put(member, coins.of(member).toss(name(coins, 0)).share());
      }
    }
  }

  /** A member's first word on a new coin: the name's point, the share, its proof. */
  @Benchmark
  public VoteValue share(Four four) {
    return four.coins.of(SELF).toss(name(four.coins, four.round++)).share();
  }

  /** A peer's share is checked when the name's point is known. */
  @Benchmark
  public boolean verify(Four four) {
    return four.toss.isValid(PEER, four.peersShare);
  }

  /** f + 1 checked shares become the coin. */
  @Benchmark
  public Hash combine(Shares shares) {
    return shares.toss.combine(shares.shares);
  }
}
