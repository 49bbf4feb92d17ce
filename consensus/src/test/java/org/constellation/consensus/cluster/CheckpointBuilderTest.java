package org.constellation.consensus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.constellation.consensus.testkit.SmallLedger;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.state.StarChains;
import org.junit.jupiter.api.Test;

class CheckpointBuilderTest {

  private static final SmallLedger.Key STAR = SmallLedger.star(0);
  private static final long SMALL_STACK_BYTES = 256 * 1024;

  private final SmallLedger ledger = new SmallLedger(1, 4, 2);
  private final CheckpointBuilder builder =
      new CheckpointBuilder(StarChains.of(ledger.state(), 0, SmallLedger.VERIFIER));

  @Test
  void aWholeBlockInReverseNeedsNoDeepStack() throws InterruptedException {
    var chain = ledger.chain(STAR, CheckpointBody.HALF_BLOCKS_MAX, 1, SmallLedger.small(1));
    var failure = new AtomicReference<Throwable>();
    var thread =
        new Thread(
            null, () -> chain.reversed().forEach(builder::add), "small stack", SMALL_STACK_BYTES);
    thread.setUncaughtExceptionHandler((_, e) -> failure.set(e));
    thread.start();
    thread.join();
    assertThat(failure.get()).isNull();
    assertThat(builder.body().segments()).containsExactlyElementsOf(chain);
  }

  @Test
  void anEarlySegmentComesRightAfterItsPredecessor() {
    var chain = ledger.chain(STAR, 3, 2, SmallLedger.small(1));
    var other = ledger.chain(SmallLedger.star(1), 1, 1, SmallLedger.small(1)).getFirst();
    List.of(chain.get(2), chain.get(1), chain.get(0), other).forEach(builder::add);
    assertThat(builder.body().segments())
        .containsExactly(chain.get(0), chain.get(1), chain.get(2), other);
  }

  @Test
  void ofTwoThatWaitedForOnePlaceTheFirstToComeWins() {
    var first = ledger.chain(STAR, 1, 2, SmallLedger.small(1)).getFirst();
    var winner = SmallLedger.sign(STAR, after(first, 1, 3));
    var other = SmallLedger.sign(STAR, after(first, 1, 4));
    List.of(winner, other, first).forEach(builder::add);
    assertThat(builder.body().segments()).containsExactly(first, winner);
    assertThat(builder.body().evidence()).containsExactly(new Evidence.Fork(winner, other));
  }

  private List<HalfBlock> after(Segment before, int length, int mark) {
    return ledger.run(
        STAR.star(), before.halfBlocks(), Collections.nCopies(length, SmallLedger.small(mark)));
  }
}
