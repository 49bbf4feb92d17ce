package org.constellation.simulation.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.state.ClusterRecord;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.CheckpointCodec;
import org.constellation.protocol.wire.GalaxyCodec;
import org.constellation.simulation.Options;
import org.constellation.simulation.Scenario;
import org.constellation.simulation.Tally;
import org.constellation.simulation.network.Founding;
import org.constellation.simulation.time.Trace;
import org.constellation.simulation.time.VirtualTime;
import org.junit.jupiter.api.Test;

/** Time goes on, from block to block and from one checkpoint of a cluster to the next. */
class LedgerWatchTest {

  private static final Certificate UNSIGNED = new Certificate(List.of());

  private final Founding founding = Founding.of(Options.draw(Options.Wish.of(1, Scenario.CALM)));
  private final Genesis genesis = founding.genesis();
  private final Guilty guilty = new Guilty();
  private final Clocks clocks = new Clocks();
  private final Violations violations = new Violations(new Trace(new VirtualTime(), null));
  private final LedgerWatch watch =
      new LedgerWatch(genesis, founding.crypto().scheme(), clocks, guilty, violations, new Tally());
  private LedgerState state = LedgerState.genesis(genesis);
  private Hash newest = GalaxyHeader.genesisOf(genesis.network());

  private GalaxyBlock next(LedgerTime time, List<CertifiedCheckpoint> checkpoints) {
    var content = new GalaxyContent(checkpoints, List.of(), List.of(), List.of());
    var height = state.height() + 1;
    var result =
        BlockExecution.execute(
            state,
            new BlockExecution.Input(height, time, Hash.ZERO, content),
            SegmentCheck.verifying(founding.crypto().scheme()));
    var header =
        GalaxyCodec.header(
            genesis.network(),
            0,
            height,
            newest,
            GalaxyCodec.contentRoot(content),
            GalaxyCodec.receiptsRoot(result.receipts()),
            result.state().root(),
            result.membership(),
            result.mint(),
            result.eraPlans(),
            result.adoptedTables(),
            Hash.ZERO,
            time,
            List.of(),
            0);
    state = result.state();
    newest = header.hash();
    return new GalaxyBlock(header, UNSIGNED, content, result.receipts());
  }

  private void handOut(LedgerTime time) {
    watch.certified(next(time, List.of()));
  }

  private static LedgerTime after(long millis, long tick, long stepMillis) {
    return new LedgerTime(Founding.START_MILLIS + millis, tick, Founding.START_MILLIS + stepMillis);
  }

  private CertifiedCheckpoint nextCheckpoint(long millis) {
    var last = state.cluster(0);
    var body = new CheckpointBody(List.of(), List.of());
    var header =
        CheckpointCodec.header(
            genesis.network(),
            0,
            0,
            last.map(ClusterRecord::round).orElse(0L) + 1,
            last.filter(record -> record.round() > 0)
                .map(ClusterRecord::headerHash)
                .orElse(CheckpointHeader.genesisOf(genesis.network(), 0)),
            0,
            body,
            List.of(),
            Founding.START_MILLIS + millis);
    return new CertifiedCheckpoint(header, UNSIGNED, body);
  }

  /** The first cluster's next one, in a block of its own. */
  private void handOutCheckpoint(long millis) {
    var time = after(10 * (state.height() + 1), 0, 0);
    watch.certified(next(time, List.of(nextCheckpoint(millis))));
  }

  private void assertWell() {
    assertThat(violations.all()).isEmpty();
  }

  private void assertSeen() {
    assertThat(violations.all()).hasSize(1).first().asString().startsWith("TIME");
  }

  @Test
  void aBlockThatIsEarlierThanTheOneBeforeIsSeen() {
    handOut(after(20, 1, 5));
    handOut(after(21, 1, 5));
    assertWell();
    handOut(after(20, 1, 5));
    assertSeen();
  }

  @Test
  void aBlockOfTheSameMomentIsSeen() {
    handOut(after(20, 1, 5));
    handOut(after(20, 1, 5));
    assertSeen();
  }

  @Test
  void aBlockBeforeTheBeginningIsSeen() {
    handOut(after(-1, 0, 0));
    assertSeen();
  }

  @Test
  void aTickThatBeginsEarlierIsSeen() {
    handOut(after(20, 1, 5));
    handOut(after(30, 1, 4));
    assertSeen();
  }

  @Test
  void aCheckpointThatIsEarlierThanItsClustersLastIsSeen() {
    handOutCheckpoint(7);
    handOutCheckpoint(8);
    assertWell();
    handOutCheckpoint(8);
    assertSeen();
  }

  /** Clocks go on until the block before it is there, too. */
  @Test
  void aBlockAheadOfAllClocksIsSeenWhenItIsHandedOut() {
    clocks.add(() -> Founding.START_MILLIS + 25);
    next(after(20, 1, 5), List.of());
    watch.certified(next(after(25, 1, 5), List.of()));
    assertWell();
    watch.certified(next(after(26, 1, 5), List.of()));
    assertSeen();
  }

  @Test
  void aCheckpointAheadOfAllClocksIsSeenWhenItIsHandedUp() {
    clocks.add(() -> Founding.START_MILLIS + 25);
    watch.certified(nextCheckpoint(25));
    assertWell();
    watch.certified(nextCheckpoint(26));
    assertSeen();
  }

  @Test
  void aCapturedClusterMaySayWhatItLikes() {
    guilty.committee(Committee.ofCluster(0));
    handOutCheckpoint(7);
    handOutCheckpoint(6);
    assertWell();
  }
}
