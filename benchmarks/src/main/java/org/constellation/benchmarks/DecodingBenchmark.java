package org.constellation.benchmarks;

import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.testkit.TestStar;
import org.constellation.protocol.wire.ChainCodec;
import org.constellation.protocol.wire.GalaxyCodec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From bytes that a peer sent to checked objects: canonical form, limits, ids, links, roots. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.NATIVE_ACCESS, Jvm.UNSAFE_ACCESS})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodingBenchmark {

  private static final int PAYMENTS = 1_000;
  private static final int STARS = 2_000;

  private final Ed25519 scheme = Ed25519.best();
  private final Bytes halfBlock;
  private final Bytes segmentOfOne;
  private final Bytes segmentOf256;
  private final Bytes galaxyBlock = new PaymentBlock(STARS, PAYMENTS).encoded();

  /** Signs and encodes what is to be read. */
  public DecodingBenchmark() {
    var network = TestNetwork.of(1, 1, 2, 1_000, Genesis.Parameters.DEFAULT, scheme);
    var payer = network.star(0);
    var payment = TestStar.pay(network.star(1), 1, 600);
    var one = payer.say(payment);
    halfBlock = one.last().bytes();
    segmentOfOne = ChainCodec.encode(one);
    var payments = Collections.<Body>nCopies(Segment.LENGTH_MAX, payment);
    segmentOf256 = ChainCodec.encode(payer.say(payments.toArray(Body[]::new)));
  }

  /** A payment's proposal. */
  @Benchmark
  public HalfBlock halfBlock() {
    return ChainCodec.decodeHalfBlock(halfBlock).toOptional().orElseThrow();
  }

  /** A phone's segment, its signature yet to be checked. */
  @Benchmark
  public Segment segmentOfOne() {
    return ChainCodec.decodeSegment(segmentOfOne).toOptional().orElseThrow();
  }

  /** A till's burst, its signature yet to be checked. */
  @Benchmark
  public Segment segmentOf256() {
    return ChainCodec.decodeSegment(segmentOf256).toOptional().orElseThrow();
  }

  /** All that a member does with a burst before it pools it: read it, check its one signature. */
  @Benchmark
  public boolean checkedSegmentOf256() {
    return segmentOf256().isSignedBy(scheme);
  }

  /**
   * A galaxy block of a thousand payments, each in two segments, with receipts and certificates.
   */
  @Benchmark
  public GalaxyBlock galaxyBlockOfThousandPayments() {
    return GalaxyCodec.decode(galaxyBlock).toOptional().orElseThrow();
  }
}
