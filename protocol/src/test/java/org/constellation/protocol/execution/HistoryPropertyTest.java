package org.constellation.protocol.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.invariant.LedgerAudit;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.ExclusionRecord;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StarChains;
import org.constellation.protocol.state.StarHead;
import org.constellation.protocol.state.StateEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * CHAIN, ONCE, CONSERVATION and REPRODUCIBLE over random histories. A failing seed fails again:
 * {@code new RandomHistory(seed)} is all there is to it.
 */
class HistoryPropertyTest {

  private static final int BLOCKS = 24;
  private static final int SNAPSHOT_EVERY = 5;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 600);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keepsEveryInvariant(long seed) {
    var history = new RandomHistory(seed);
    var verifier = history.network().scheme();
    var audit = new LedgerAudit(history.network().genesis(), verifier);
    var convicted = new TreeMap<Hash, Long>();
    for (var i = 0; i < BLOCKS; i++) {
      var before = history.ledger().state();
      var draft = history.next();
      var input = draft.input();
      var result = draft.execute();
      assertThat(audit.follow(input.content(), result.receipts(), result.state()))
          .as("seed %d, block %d", seed, i)
          .isEmpty();
      assertThat(audit.compare(result.state())).as("seed %d, block %d", seed, i).isEmpty();
      excludesWhomReceiptsConvict(convicted, result, history);
      if (i % SNAPSHOT_EVERY == 0) {
        executesAgainFromASnapshot(before, input, result, history);
      }
      if (!isForged(input, verifier)) {
        clustersJudgeAsTheGalaxyExecutes(before, input, result.state(), history);
      }
    }
  }

  /** Every conviction has one receipt, and the convicted one's star sits out an election. */
  private static void excludesWhomReceiptsConvict(
      Map<Hash, Long> convicted, BlockExecution.Result result, RandomHistory history) {
    for (var receipt : result.receipts()) {
      if (receipt.outcome() == Outcome.DOUBLE_VOTE || receipt.outcome() == Outcome.TWO_HEADERS) {
        assertThat(convicted.put(receipt.subject(), result.state().height())).isNull();
      }
    }
    var genesis = history.network().genesis();
    var plans = Stream.concat(Stream.of(genesis.galaxy()), genesis.clusters().stream()).toList();
    for (var plan : plans) {
      for (var member : plan.members()) {
        var id = StateEntry.Conviction.idOf(plan.committee(), 0, member.operationalKey());
        var expected =
            Optional.ofNullable(convicted.get(id)).map(height -> new ExclusionRecord(1, 1, height));
        assertThat(result.state().exclusion(member.star())).isEqualTo(expected);
      }
    }
  }

  /** No cluster lets a segment in without checking its signature, so no certified block is. */
  private static boolean isForged(BlockExecution.Input input, SignatureVerifier verifier) {
    return input.content().checkpoints().stream()
        .flatMap(checkpoint -> checkpoint.body().segments().stream())
        .anyMatch(segment -> !segment.isSignedBy(verifier));
  }

  /** REPRODUCIBLE: the entries alone give the same state, receipts and root. */
  private static void executesAgainFromASnapshot(
      LedgerState before,
      BlockExecution.Input input,
      BlockExecution.Result result,
      RandomHistory history) {
    var restored = LedgerState.restore(before.entries());
    assertThat(restored.root()).isEqualTo(before.root());
    var verifier = history.network().scheme();
    var checks =
        isForged(input, verifier)
            ? SegmentCheck.verifying(verifier)
            : SegmentCheck.certified(verifier);
    var again = BlockExecution.execute(restored, input, checks);
    assertThat(again.receipts()).isEqualTo(result.receipts());
    assertThat(again.membership()).isEqualTo(result.membership());
    assertThat(again.state().root()).isEqualTo(result.state().root());
  }

  private static void clustersJudgeAsTheGalaxyExecutes(
      LedgerState before, BlockExecution.Input input, LedgerState after, RandomHistory history) {
    for (var cluster : before.clusters()) {
      var chains = StarChains.of(before, cluster, history.network().scheme());
      var stars = new TreeSet<StarId>();
      for (var checkpoint : input.content().checkpoints()) {
        if (checkpoint.header().cluster() == cluster) {
          chains = chains.after(checkpoint.body());
          checkpoint.body().segments().stream().map(Segment::star).forEach(stars::add);
        }
      }
      for (var star : stars) {
        var known = before.star(star);
        if (known.isPresent() && known.get().home() == cluster) {
          var head = chains.head(star).orElseThrow();
          var executed = StarHead.of(after.star(star).orElseThrow());
          assertThat(new StarHead(0, head.sequence(), head.id(), head.key()))
              .isEqualTo(new StarHead(0, executed.sequence(), executed.id(), executed.key()));
        }
      }
    }
  }

  @Test
  void theOrderOfOneClustersBlocksIsAllThatBindsAStarsChain() {
    var history = new RandomHistory(7);
    for (var i = 0; i < BLOCKS; i++) {
      var before = history.ledger().state();
      var draft = history.next();
      var input = draft.input();
      var reordered =
          input.content().checkpoints().stream()
              .sorted(
                  Comparator.comparingInt(
                      (CertifiedCheckpoint checkpoint) -> -checkpoint.header().cluster()))
              .toList();
      var other =
          new BlockExecution.Input(
              input.height(),
              input.time(),
              input.beacon(),
              new GalaxyContent(
                  reordered,
                  input.content().notices(),
                  input.content().evidence(),
                  input.content().votes()));
      var checks = SegmentCheck.verifying(history.network().scheme());
      var after = draft.execute().state();
      var otherAfter = BlockExecution.execute(before, other, checks).state();
      for (var star : history.network().stars()) {
        assertThat(otherAfter.star(star.id()).map(StarHead::of))
            .isEqualTo(after.star(star.id()).map(StarHead::of));
      }
    }
  }

  @Test
  void theHistoriesReachEveryOutcomeThatStarsCanCause() {
    var reached = EnumSet.noneOf(Outcome.class);
    for (var seed = 1; seed <= 60; seed++) {
      var history = new RandomHistory(seed);
      for (var i = 0; i < BLOCKS; i++) {
        history.next().execute().receipts().stream().map(Receipt::outcome).forEach(reached::add);
      }
    }
    Collection<Outcome> elsewhere = EnumSet.of(Outcome.NO_PLAN, Outcome.POOL_BUSY);
    assertThat(reached).containsAll(EnumSet.complementOf(EnumSet.copyOf(elsewhere)));
  }
}
