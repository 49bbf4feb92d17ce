package org.constellation.platform.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.constellation.consensus.cluster.Verdict;
import org.constellation.platform.TestNetwork;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.star.StarId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictFormatTest {

  private static Verdict verdict(Outcome reason) {
    return new Verdict(
        new StarId(TestNetwork.key(1).publicKey()), 7, TestNetwork.hashOf("verdict"), reason);
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void readsWhatItWrote(Outcome reason) {
    assertThat(VerdictFormat.decode(VerdictFormat.encode(verdict(reason))))
        .contains(verdict(reason));
  }

  @Test
  void makesNothingOfOtherBytes() {
    var bytes = VerdictFormat.encode(verdict(Outcome.FORK)).toArray();
    for (var length = 0; length < bytes.length; length++) {
      assertThat(VerdictFormat.decode(Bytes.copyOf(Arrays.copyOf(bytes, length)))).isEmpty();
    }
    bytes[0] ^= 0x7f;
    assertThat(VerdictFormat.decode(Bytes.copyOf(bytes))).isEmpty();
  }
}
