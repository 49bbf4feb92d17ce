package org.constellation.benchmarks;

import java.util.concurrent.TimeUnit;
import org.constellation.protocol.crypto.Hash;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a galaxy block does to the ledger, with the state's root, without signature checks: a galaxy
 * member has made them when the segments came in, and {@link SignatureBenchmark} measures them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.NATIVE_ACCESS, Jvm.UNSAFE_ACCESS})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExecutionBenchmark {

  private static final int STARS = 100_000;
  private static final int PAYMENTS = 1_000;

  private final PaymentBlock block = new PaymentBlock(STARS, PAYMENTS);

  /** A thousand payments, each a proposal and an agreement, on a hundred thousand stars. */
  @Benchmark
  public Hash thousandPayments() {
    return block.execute().state().root();
  }
}
