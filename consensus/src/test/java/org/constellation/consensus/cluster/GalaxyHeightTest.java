package org.constellation.consensus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.constellation.consensus.layer.AgreedProposal;
import org.constellation.consensus.layer.BuildInput;
import org.constellation.consensus.layer.Built;
import org.constellation.consensus.layer.Examined;
import org.constellation.consensus.testkit.SmallLedger;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.state.LedgerState;
import org.junit.jupiter.api.Test;

/** However far the galaxy gets while a cluster stands still, its round can be built at last. */
class GalaxyHeightTest {

  private static final GalaxyContent NOTHING =
      new GalaxyContent(List.of(), List.of(), List.of(), List.of());
  private static final int BLOCKS = 3 * ClusterChain.STATES_MAX;

  private final SmallLedger ledger = new SmallLedger(1, 4, 1);
  private final ClusterRules rules =
      new ClusterRules(ledger.cluster(0), ledger.state(), SmallLedger.VERIFIER);
  private LedgerState newest = ledger.state();

  private void learnThrough(long height) {
    while (newest.height() < height) {
      newest = next(newest);
      rules.learn(newest);
    }
  }

  private static LedgerState next(LedgerState state) {
    var input = new BlockExecution.Input(state.height() + 1, state.time(), Hash.ZERO, NOTHING);
    return BlockExecution.execute(state, input, SegmentCheck.certified(SmallLedger.VERIFIER))
        .state();
  }

  private Bytes naming(long height) {
    return ClusterProposalCodec.encode(
        new ClusterProposal(
            rules.tip().hash(), height, 1, Collections.nCopies(4, 0), List.of(), List.of()));
  }

  private Built<Checkpoint> buildAt(long height) {
    var agreed =
        IntStream.range(0, 3).mapToObj(i -> new AgreedProposal(i, naming(height))).toList();
    return rules.build(new BuildInput(1, rules.tip().hash(), agreed, Hash.ZERO));
  }

  private void assertBuildsAt(long height) {
    assertThat(buildAt(height))
        .isInstanceOfSatisfying(
            Built.Ready.class,
            ready ->
                assertThat(((Checkpoint) ready.block()).header().galaxyHeight()).isEqualTo(height));
  }

  @Test
  void heightsThatProposalsNameStay() {
    assertThat(rules.mayStart(1)).isTrue();
    for (var height : List.of(5L, 400L, 700L)) {
      learnThrough(height);
      assertThat(rules.examine(naming(height))).isInstanceOf(Examined.Valid.class);
    }
    learnThrough(BLOCKS);
    List.of(0L, 5L, 400L, 700L, (long) BLOCKS).forEach(this::assertBuildsAt);
  }

  @Test
  void anUnnamedHeightJustAfterTheTipStaysToo() {
    assertThat(rules.mayStart(1)).isTrue();
    learnThrough(BLOCKS);
    assertBuildsAt(3);
    assertBuildsAt(BLOCKS - 3);
  }

  @Test
  void aRestartedMemberKeepsAllUntilItsJournalIsRead() {
    learnThrough(BLOCKS);
    assertThat(rules.examine(naming(800))).isInstanceOf(Examined.Valid.class);
    assertThat(rules.mayStart(1)).isTrue();
    learnThrough(BLOCKS + 10);
    assertBuildsAt(800);
  }

  @Test
  void statesAreBoundedHoweverLongTheClusterStandsStill() {
    var chain = new ClusterChain(0, ledger.state(), SmallLedger.VERIFIER);
    chain.run();
    LongStream.range(0, 2 * ClusterChain.NAMED_MAX).forEach(i -> chain.name(1_000_000 + i));
    for (var i = 0; i < BLOCKS; i++) {
      newest = next(newest);
      chain.learn(newest);
    }
    assertThat(LongStream.rangeClosed(0, BLOCKS).filter(i -> chain.state(i).isPresent()).count())
        .isEqualTo(ClusterChain.STATES_MAX);
  }
}
