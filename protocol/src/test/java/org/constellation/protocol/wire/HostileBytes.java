package org.constellation.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.constellation.protocol.Bytes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever arrives, decoding answers, and never with a value that has another encoding. A module's
 * test of its own types says in {@code static List<WireType<?>> types()} what they are.
 */
public abstract class HostileBytes {

  private static final int MUTANTS = 4_000;

  /** What one decoding may allocate, per byte that came in and at all. */
  private static final int ALLOCATED_PER_BYTE = 32;

  private static final int ALLOCATED_FREE = 512 * 1024;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @ParameterizedTest
  @MethodSource("types")
  protected void answersToMutatedMessages(WireType<?> type) {
    var refused = 0;
    for (var seed = 1L; seed <= MUTANTS; seed++) {
      var mutant = new Mutations(seed).of(type.encodedSample(1 + seed % 50));
      refused += type.refuses(mutant) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(MUTANTS / 2);
  }

  @ParameterizedTest
  @MethodSource("types")
  protected void refusesEveryTruncation(WireType<?> type) {
    var whole = type.encodedSample(3).toArray();
    for (var length = 0; length < whole.length; length++) {
      type.refuses(Bytes.copyOf(Arrays.copyOf(whole, length)));
    }
    assertThat(type.refuses(Bytes.copyOf(Arrays.copyOf(whole, whole.length - 1)))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("types")
  protected void refusesNoise(WireType<?> type) {
    var random = new Random(7);
    for (var round = 0; round < MUTANTS; round++) {
      var noise = new byte[1 + random.nextInt(300)];
      random.nextBytes(noise);
      assertThat(type.refuses(Bytes.copyOf(noise))).isTrue();
    }
  }

  /** Shortest possible elements of a repeated field are what a parser pays most for. */
  @ParameterizedTest
  @MethodSource("types")
  protected void allocatesInProportionToWhatCameIn(WireType<?> type) {
    for (var field = 1; field <= 17; field++) {
      for (var content = 0; content <= 2; content++) {
        var tag = field << 3 | 2;
        var element = new byte[(tag > 127 ? 3 : 2) + content];
        if (tag > 127) {
          element[0] = (byte) ((tag & 0x7f) | 0x80);
          element[1] = 1;
        } else {
          element[0] = (byte) tag;
        }
        element[element.length - 1 - content] = (byte) content;
        allocatesInProportion(type, repeated(element, 1_000_000));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  protected void allocatesInProportionToAnHonestMessage(WireType<?> type) {
    for (var seed = 1L; seed <= 20; seed++) {
      allocatesInProportion(type, type.encodedSample(seed));
    }
  }

  private static void allocatesInProportion(WireType<?> type, Bytes bytes) {
    var before = THREADS.getCurrentThreadAllocatedBytes();
    Decoded<?> answer = type.decoder().apply(bytes);
    var allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(answer).isNotNull();
    assertThat(allocated).isLessThan((long) bytes.length() * ALLOCATED_PER_BYTE + ALLOCATED_FREE);
  }

  private static Bytes repeated(byte[] element, int length) {
    var bytes = new byte[length / element.length * element.length];
    for (var at = 0; at < bytes.length; at += element.length) {
      System.arraycopy(element, 0, bytes, at, element.length);
    }
    return Bytes.copyOf(bytes);
  }
}
