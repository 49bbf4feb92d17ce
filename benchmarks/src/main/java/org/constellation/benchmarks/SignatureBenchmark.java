package org.constellation.benchmarks;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.crypto.SigningKey;
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

/** Ed25519 with the network's acceptance rule, over a short message. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {Jvm.NATIVE_ACCESS, Jvm.UNSAFE_ACCESS})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before anything else
public class SignatureBenchmark {

  private static final int MESSAGE_LENGTH = 300;

  /** Who computes. */
  @Param Provider provider = Provider.NATIVE;

  private final byte[] message = new byte[MESSAGE_LENGTH];
  private Ed25519 scheme;
  private SigningKey key;
  private Signature signature;

  /** The implementations that a node may run on. */
  public enum Provider {
    NATIVE,
    JAVA_RUNTIME
  }

  /** Makes a key; refuses to measure one provider under the other's name. */
  @Setup
  public void prepare() {
    scheme =
        switch (provider) {
          case NATIVE -> Ed25519.best();
          case JAVA_RUNTIME -> Ed25519.ofJavaRuntime();
        };
    if (provider == Provider.NATIVE
        && scheme.description().equals(Ed25519.ofJavaRuntime().description())) {
      throw new IllegalStateException("not native: " + scheme.description());
    }
    var random = new Random(1);
    random.nextBytes(message);
    key = scheme.generate(random);
    signature = key.sign(message);
  }

  /** One signature. */
  @Benchmark
  public Signature sign() {
    return key.sign(message);
  }

  /** One check of a good signature. */
  @Benchmark
  public boolean verify() {
    return scheme.verify(key.publicKey(), message, signature);
  }
}
