package org.constellation.consensus.galaxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.constellation.consensus.layer.AgreedProposal;
import org.constellation.consensus.layer.BuildInput;
import org.constellation.consensus.layer.Built;
import org.constellation.consensus.layer.Examined;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.consensus.layer.Offered;
import org.constellation.consensus.layer.ProposalContext;
import org.constellation.consensus.testkit.SmallLedger;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.wire.CheckpointCodec;
import org.junit.jupiter.api.Test;

/** Whatever a cluster can build, the galaxy takes, and nobody else waits for it for ever. */
class CheckpointsOfAnySizeTest {

  private static final int LENGTH = 61;

  private final SmallLedger ledger = new SmallLedger(2, 4, 80);
  private final Hash genesis = GalaxyHeader.genesisOf(ledger.network());
  private final GalaxyRules rules =
      new GalaxyRules(ledger.galaxy(), ledger.state(), genesis, SmallLedger.VERIFIER);

  private CertifiedCheckpoint fullOfEverything() {
    var segments = new ArrayList<Segment>();
    var evidence = new ArrayList<Evidence>();
    for (var i = 0; i < 32; i++) {
      var key = SmallLedger.star(2 * i);
      segments.addAll(ledger.chain(key, 1, LENGTH, SmallLedger.large(1)));
      if (i < 8) {
        var other = ledger.chain(key, 1, LENGTH, SmallLedger.large(2)).getFirst();
        evidence.add(new Evidence.Fork(segments.getLast(), other));
      }
    }
    return ledger.checkpoint(0, new CheckpointBody(segments, evidence));
  }

  private CertifiedCheckpoint small() {
    var segment = ledger.chain(SmallLedger.star(1), 1, 1, SmallLedger.small(1)).getFirst();
    return ledger.checkpoint(1, new CheckpointBody(List.of(segment), List.of()));
  }

  private void offer(CertifiedCheckpoint checkpoint) {
    assertThat(rules.offerBody(CheckpointCodec.encode(checkpoint)))
        .isInstanceOf(Offered.Held.class);
  }

  private Bytes propose(long seed) {
    return rules.propose(new ProposalContext(1, genesis, 1, Collections.nCopies(4, 0), seed));
  }

  private static List<Hash> named(Bytes payload) {
    return GalaxyProposalCodec.decode(payload).toOptional().orElseThrow().checkpoints();
  }

  @Test
  void aCheckpointAtBothLimitsIsProposedExaminedAndExecuted() {
    var checkpoint = fullOfEverything();
    assertThat(CheckpointCodec.encode(checkpoint).length())
        .isGreaterThan(LayerLimits.BODY_BYTES_NAMED_MAX + 3 * 1024 * 1024);
    offer(checkpoint);
    var payload = propose(1);
    assertThat(named(payload)).containsExactly(checkpoint.header().hash());
    assertThat(rules.examine(payload)).isInstanceOf(Examined.Valid.class);
    assertThat(rules.isWithinLimits(payload)).isTrue();
    var built =
        rules.build(new BuildInput(1, genesis, List.of(new AgreedProposal(0, payload)), Hash.ZERO));
    assertThat(built)
        .isInstanceOfSatisfying(
            Built.Ready.class,
            ready ->
                assertThat(((ExecutedBlock) ready.block()).content().checkpoints())
                    .containsExactly(checkpoint));
  }

  @Test
  void aLargeCheckpointKeepsNoOtherClusterOut() {
    var large = fullOfEverything();
    var small = small();
    offer(large);
    offer(small);
    var named = new TreeSet<Hash>();
    for (var seed = 0; seed < 8; seed++) {
      var payload = propose(seed);
      assertThat(rules.isWithinLimits(payload)).isTrue();
      named.addAll(named(payload));
    }
    assertThat(named).containsExactlyInAnyOrder(large.header().hash(), small.header().hash());
  }

  @Test
  void aPayloadNamesAtMostAThousandCheckpoints() {
    var many = new SmallLedger(20, 4, 20);
    var member =
        new GalaxyRules(
            many.galaxy(),
            many.state(),
            GalaxyHeader.genesisOf(many.network()),
            SmallLedger.VERIFIER);
    for (var cluster = 0; cluster < 20; cluster++) {
      var checkpoint = many.checkpoint(cluster, new CheckpointBody(List.of(), List.of()));
      for (var round = 1; round <= 64; round++) {
        member.offerBody(CheckpointCodec.encode(checkpoint));
        var previous = checkpoint.header().hash();
        checkpoint = many.checkpoint(cluster, round + 1, previous, 0, checkpoint.body());
      }
    }
    var context = new ProposalContext(1, member.tip().hash(), 1, Collections.nCopies(4, 0), 1);
    var payload = member.propose(context);
    assertThat(named(payload)).hasSizeBetween(500, LayerLimits.CHECKPOINTS_NAMED_MAX);
    assertThat(member.isWithinLimits(payload)).isTrue();
  }

  @Test
  void twoCertifiedCheckpointsOfOneRoundAreAConcern() {
    var first = small();
    var segment = ledger.chain(SmallLedger.star(1), 1, 1, SmallLedger.small(2)).getFirst();
    var second = ledger.checkpoint(1, new CheckpointBody(List.of(segment), List.of()));
    offer(first);
    assertThat(rules.concerns()).isEmpty();
    offer(second);
    assertThat(rules.concerns())
        .containsExactly("cluster 1 has two certified checkpoints at round 1");
    assertThat(named(propose(1))).isEmpty();
  }
}
