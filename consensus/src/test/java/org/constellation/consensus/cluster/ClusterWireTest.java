package org.constellation.consensus.cluster;

import java.util.List;
import org.constellation.consensus.layer.ProposalContext;
import org.constellation.protocol.wire.GoldenFiles;
import org.constellation.protocol.wire.HostileBytes;
import org.constellation.protocol.wire.Samples;
import org.constellation.protocol.wire.WireType;
import org.junit.jupiter.api.Nested;

/** A facilitator's batch as bytes. */
class ClusterWireTest {

  private static final List<WireType<?>> TYPES =
      List.of(
          new WireType<>(
              "cluster-proposal",
              ClusterWireTest::proposal,
              ClusterProposalCodec::encode,
              ClusterProposalCodec::decode));

  private static ClusterProposal proposal(Samples samples) {
    return new ClusterProposal(
        samples.hash(),
        samples.natural(),
        samples.natural(),
        samples.listOf(7, () -> samples.below(ProposalContext.LATENESS_MAX_MILLIS + 1)),
        samples.listOf(20, samples::hash),
        samples.listOf(2, samples::evidence));
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
