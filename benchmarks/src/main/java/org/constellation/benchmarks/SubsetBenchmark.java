package org.constellation.benchmarks;

import java.util.concurrent.TimeUnit;
import org.constellation.consensus.Roster;
import org.constellation.consensus.subset.AgreedSubset;
import org.constellation.consensus.testkit.Coins;
import org.constellation.consensus.testkit.KeyedHashCoins;
import org.constellation.consensus.testkit.ThresholdCoins;
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

/**
 * One asynchronous common subset among correct members, with its beacon: the state machines alone,
 * without envelopes, journal and payloads. The time is that of all members together.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.NATIVE_ACCESS, Jvm.UNSAFE_ACCESS})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class SubsetBenchmark {

  /** Size of the committee. */
  @Param({"4", "7", "16"})
  int members = 4;

  /** Which coin is tossed. */
  @Param Coin coin = Coin.P256;

  private Roster roster;
  private Coins coins;
  private long run;

  /** The production coin, and one of next to no cost that shows what is left without it. */
  public enum Coin {
    P256,
    KEYED_HASH
  }

  /** Deals keys. */
  @Setup
  public void prepare() {
    roster = new Roster(members);
    coins =
        switch (coin) {
          case P256 -> new ThresholdCoins(roster, 1);
          case KEYED_HASH -> new KeyedHashCoins(roster, 1);
        };
  }

  /** Until every vote has arrived, in another order and with other coins each time. */
  @Benchmark
  public AgreedSubset agree() {
    return new SubsetCommittee(roster, coins, run++).agree();
  }
}
