package org.constellation.platform.verdict;

import java.util.List;
import org.constellation.consensus.cluster.Verdict;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.wire.GoldenFiles;
import org.constellation.protocol.wire.HostileBytes;
import org.constellation.protocol.wire.Samples;
import org.constellation.protocol.wire.WireType;
import org.junit.jupiter.api.Nested;

/** Verdicts as bytes. */
class VerdictWireTest {

  /** Listed here, so that the golden file stays as it is when there are more of them. */
  private static final List<Outcome> REASONS =
      List.of(
          Outcome.NOT_NEXT,
          Outcome.FORK,
          Outcome.WRONG_HOME,
          Outcome.WRONG_KEY,
          Outcome.WRONG_NETWORK,
          Outcome.BAD_SIGNATURE);

  private static final List<WireType<?>> TYPES =
      List.of(
          WireType.withoutReasons(
              "verdict", VerdictWireTest::verdict, VerdictFormat::encode, VerdictFormat::decode));

  private static Verdict verdict(Samples samples) {
    return new Verdict(
        samples.star(),
        samples.natural(),
        samples.hash(),
        REASONS.get(samples.below(REASONS.size())));
  }

  @Nested
  class Golden extends GoldenFiles {
    static List<WireType<?>> types() {
      return TYPES;
    }
  }

  @Nested
  class Hostile extends HostileBytes {
    static List<WireType<?>> types() {
      return TYPES;
    }
  }
}
