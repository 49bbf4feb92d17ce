package org.constellation.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
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
 * One round of a cluster from the stars' segments to a checkpoint certified at every member, with
 * real keys: checks of all segments, agreement with the threshold coin, signed envelopes, encoded
 * journal records, header signatures. No broker and no disk. The time is that of all members
 * together.
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
public class LayerBenchmark {

  private static final long BALANCE = 1_000;
  private static final long VALID_TICKS = 600;

  /** Size of the committee. */
  @Param({"4", "7", "16"})
  int members = 4;

  /** Payments in the round, each in two segments of its own. */
  @Param({"0", "500"})
  int payments;

  private final List<Segment> segments = new ArrayList<>();
  private LayerKeys keys;
  private LedgerState state;
  private long run;

  /** Signs the payments; fails if a round leaves any of them out. */
  @Setup
  public void prepare() {
    var scheme = Ed25519.best();
    var stars = Math.max(2, 2 * payments);
    var network = TestNetwork.of(1, 1, stars, BALANCE, Genesis.Parameters.DEFAULT, scheme);
    for (var i = 0; i < payments; i++) {
      var payee = network.star(2 * i + 1);
      var proposal = network.star(2 * i).say(TestStar.pay(payee, 1, VALID_TICKS));
      segments.add(proposal);
      segments.add(payee.say(new Body.Agreement(proposal.last().id())));
    }
    state = LedgerState.genesis(network.genesis());
    keys = new LayerKeys(members, scheme);
    var placed = newCommittee().certifyOneRound(segments).block().block().body().segments().size();
    if (placed != segments.size()) {
      throw new IllegalStateException(placed + " of " + segments.size() + " segments in a round");
    }
  }

  /** The first round of a new committee. */
  @Benchmark
  public Hash round() {
    return newCommittee().certifyOneRound(segments).block().hash();
  }

  private LayerCommittee newCommittee() {
    return new LayerCommittee(keys, state, run++, 0);
  }
}
