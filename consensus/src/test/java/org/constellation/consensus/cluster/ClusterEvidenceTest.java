package org.constellation.consensus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.constellation.consensus.layer.AgreedProposal;
import org.constellation.consensus.layer.BuildInput;
import org.constellation.consensus.layer.Built;
import org.constellation.consensus.layer.Examined;
import org.constellation.consensus.layer.LayerLimits;
import org.constellation.consensus.layer.ProposalContext;
import org.constellation.consensus.testkit.SmallLedger;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.junit.jupiter.api.Test;

/** What a facilitator knows of a culprit gets into a checkpoint, whatever others put there. */
class ClusterEvidenceTest {

  private static final SmallLedger.Key STAR = SmallLedger.star(0);
  private static final SmallLedger.Key STRANGER = SmallLedger.star(99);
  private static final Committee CLUSTER = Committee.ofCluster(0);

  private final SmallLedger ledger = new SmallLedger(1, 4, 80);
  private final ClusterRules rules =
      new ClusterRules(ledger.cluster(0), ledger.state(), SmallLedger.VERIFIER);
  private final SmallLedger.Key member = SmallLedger.members(CLUSTER, 4).get(1);

  private ClusterProposal proposal() {
    var context = new ProposalContext(1, rules.tip().hash(), 1, Collections.nCopies(4, 0), 0);
    return ClusterProposalCodec.decode(rules.propose(context)).toOptional().orElseThrow();
  }

  private Bytes payload(List<Hash> segments, List<Evidence> evidence) {
    return ClusterProposalCodec.encode(
        new ClusterProposal(
            rules.tip().hash(), 0, 1, Collections.nCopies(4, 0), segments, evidence));
  }

  /** Agrees on one member's payload. */
  private Checkpoint agree(Bytes payload) {
    assertThat(rules.examine(payload)).isInstanceOf(Examined.Valid.class);
    var round = rules.tip().round() + 1;
    var agreed = List.of(new AgreedProposal(0, payload));
    var built = rules.build(new BuildInput(round, rules.tip().hash(), agreed, Hash.ZERO));
    if (!(built instanceof Built.Ready<Checkpoint>(_, var hash, var block))) {
      throw new AssertionError(built.toString());
    }
    rules.append(round, hash, block);
    return block;
  }

  private Segment variant(SmallLedger.Key star, int length, int mark) {
    var body = length > 1 ? SmallLedger.large(mark) : SmallLedger.small(mark);
    return ledger.chain(star, 1, length, body).getFirst();
  }

  private void fork(SmallLedger.Key star, int length) {
    var first = variant(star, length, 1);
    rules.offer(first);
    agree(payload(List.of(first.reference()), List.of()));
    rules.offer(variant(star, length, 2));
  }

  @Test
  void theLongestForkFitsAPayloadAndABlock() {
    fork(STAR, 61);
    var proposed = proposal();
    assertThat(proposed.evidence()).hasSize(1);
    assertThat(agree(ClusterProposalCodec.encode(proposed)).body().evidence())
        .isEqualTo(proposed.evidence());
    assertThat(rules.hasWork()).isFalse();
    assertThat(proposal().evidence()).isEmpty();
  }

  @Test
  void aFullPayloadHasRoomForTheLongestFork() {
    var fork = new Evidence.Fork(variant(STAR, 61, 1), variant(STAR, 61, 2));
    var references =
        Collections.nCopies(LayerLimits.HALF_BLOCKS_NAMED_MAX, fork.first().reference());
    assertThat(payload(references, List.of(fork)).length() + 128 * 1024)
        .isLessThan(LayerLimits.PAYLOAD_BYTES_MAX);
  }

  @Test
  void forksLeaveRoomForDoubleVotes() {
    IntStream.range(0, 70).forEach(i -> fork(SmallLedger.star(i), 1));
    var doubleVote = ledger.doubleVote(member, CLUSTER, 0, 1);
    rules.offerEvidence(doubleVote);
    var proposed = proposal();
    assertThat(proposed.evidence()).contains(doubleVote);
    assertThat(agree(ClusterProposalCodec.encode(proposed)).body().evidence()).contains(doubleVote);
  }

  @Test
  void aForkUnderAStrangersKeyProtectsNoStar() {
    var segments =
        IntStream.of(1, 2)
            .mapToObj(
                mark ->
                    SmallLedger.sign(
                        STRANGER,
                        ledger.run(STAR.star(), List.of(), List.of(SmallLedger.small(mark)))))
            .toList();
    agree(payload(List.of(), List.of(new Evidence.Fork(segments.get(0), segments.get(1)))));
    fork(STAR, 1);
    assertThat(rules.hasWork()).isTrue();
    assertThat(proposal().evidence()).hasSize(1);
  }

  @Test
  void aDoubleVoteOfAnotherEraProtectsNoMember() {
    var block = agree(payload(List.of(), List.of(ledger.doubleVote(member, CLUSTER, 7, 1))));
    assertThat(block.body().evidence()).isEmpty();
    var real = ledger.doubleVote(member, CLUSTER, 0, 1);
    rules.offerEvidence(real);
    assertThat(proposal().evidence()).containsExactly(real);
  }

  @Test
  void whatStandsInACheckpointIsNotProposedAgain() {
    rules.offerEvidence(ledger.doubleVote(member, CLUSTER, 0, 1));
    agree(ClusterProposalCodec.encode(proposal()));
    rules.offerEvidence(ledger.doubleVote(member, CLUSTER, 0, 2));
    assertThat(rules.hasWork()).isFalse();
    assertThat(proposal().evidence()).isEmpty();
  }
}
