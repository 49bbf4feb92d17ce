package org.constellation.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {

  private static final int SAMPLES = 300;

  static List<WireType<?>> types() {
    return WireType.all();
  }

  @ParameterizedTest
  @MethodSource("types")
  <T> void readsBackWhatItWrote(WireType<T> type) {
    for (var seed = 1L; seed <= SAMPLES; seed++) {
      var value = type.sample().apply(new Samples(seed));

      var decoded = type.decoder().apply(type.encoder().apply(value));

      assertThat(decoded).as("seed %d", seed).isEqualTo(new Decoded.Valid<>(value));
    }
  }
}
