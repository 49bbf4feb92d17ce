package org.constellation.consensus.galaxy;

import java.util.List;
import org.constellation.consensus.layer.ProposalContext;
import org.constellation.protocol.wire.GoldenFiles;
import org.constellation.protocol.wire.HostileBytes;
import org.constellation.protocol.wire.Samples;
import org.constellation.protocol.wire.WireType;
import org.junit.jupiter.api.Nested;

/** A galaxy member's batch as bytes. */
class GalaxyWireTest {

  private static final List<WireType<?>> TYPES =
      List.of(
          new WireType<>(
              "galaxy-proposal",
              GalaxyWireTest::proposal,
              GalaxyProposalCodec::encode,
              GalaxyProposalCodec::decode));

  private static GalaxyProposal proposal(Samples samples) {
    return new GalaxyProposal(
        samples.hash(),
        samples.natural(),
        samples.listOf(7, () -> samples.below(ProposalContext.LATENESS_MAX_MILLIS + 1)),
        samples.listOf(20, samples::hash),
        samples.listOf(5, samples::notice),
        samples.listOf(2, samples::evidence),
        samples.listOf(3, samples::tableVote));
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
