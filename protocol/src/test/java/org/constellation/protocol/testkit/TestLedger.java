package org.constellation.protocol.testkit;

import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.MemberTableVotes;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.notice.Notice;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.CheckpointCodec;

/** A ledger that executes the blocks that a test composes. */
public final class TestLedger {

  private final TestNetwork network;
  private LedgerState state;
  private long tick;

  public TestLedger(TestNetwork network) {
    this.network = network;
    this.state = LedgerState.genesis(network.genesis());
  }

  public LedgerState state() {
    return state;
  }

  public long tick() {
    return tick;
  }

  /** Lets ledger time pass before the next block. */
  public TestLedger later(long ticks) {
    tick += ticks;
    return this;
  }

  /** Goes on from another state. */
  public void goTo(LedgerState other) {
    state = other;
  }

  /** Composes the next block. */
  public Draft block() {
    return new Draft();
  }

  /** Executes a block with one cluster's segments. */
  public BlockExecution.Result run(int cluster, Segment... segments) {
    return block().checkpoint(cluster, segments).execute();
  }

  /** Executes a block with notices. */
  public BlockExecution.Result run(Notice... notices) {
    return block().notices(notices).execute();
  }

  /** What a result says about a subject, the latest word last. */
  public static List<Outcome> outcomes(BlockExecution.Result result, Hash subject) {
    return result.receipts().stream()
        .filter(receipt -> receipt.subject().equals(subject))
        .map(Receipt::outcome)
        .toList();
  }

  /** A block in the making. */
  public final class Draft {

    private final List<CertifiedCheckpoint> checkpoints = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();
    private final List<MemberTableVotes> votes = new ArrayList<>();

    public Draft checkpoint(int cluster, Segment... segments) {
      return checkpoint(cluster, new CheckpointBody(List.of(segments), List.of()));
    }

    /** Continues the cluster's last checkpoint in this block or in the state. */
    public Draft checkpoint(int cluster, CheckpointBody body) {
      var earlier =
          checkpoints.stream()
              .map(CertifiedCheckpoint::header)
              .filter(header -> header.cluster() == cluster)
              .reduce((_, last) -> last);
      var known = state.cluster(cluster).orElseThrow();
      var header =
          CheckpointCodec.header(
              state.network(),
              cluster,
              0,
              earlier.map(last -> last.round() + 1).orElse(known.round() + 1),
              earlier.map(last -> last.hash()).orElse(known.headerHash()),
              state.height(),
              body,
              List.of(),
              state.time().timeMillis());
      return add(new CertifiedCheckpoint(header, new Certificate(List.of()), body));
    }

    public Draft add(CertifiedCheckpoint checkpoint) {
      checkpoints.add(checkpoint);
      return this;
    }

    public Draft notices(Notice... more) {
      notices.addAll(List.of(more));
      return this;
    }

    public Draft evidence(Evidence... more) {
      evidence.addAll(List.of(more));
      return this;
    }

    public Draft votes(MemberTableVotes... more) {
      votes.addAll(List.of(more));
      return this;
    }

    /** What the block executes. */
    public BlockExecution.Input input() {
      var height = state.height() + 1;
      var before = state.time();
      return new BlockExecution.Input(
          height,
          new LedgerTime(before.timeMillis() + 1, tick, before.stepTimeMillis()),
          Hashing.tagged("CSTL-V1-TEST-BEACON").number(height).finish(),
          new GalaxyContent(checkpoints, notices, evidence, votes));
    }

    /** Executes it and goes on from there. */
    public BlockExecution.Result execute() {
      var result = BlockExecution.execute(state, input(), SegmentCheck.verifying(network.scheme()));
      state = result.state();
      return result;
    }
  }
}
