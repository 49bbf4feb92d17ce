package org.constellation.consensus.galaxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.consensus.galaxy.GalaxyScene.TICK_MILLIS;
import static org.constellation.consensus.galaxy.GalaxyScene.by;
import static org.constellation.protocol.testkit.TestStar.pay;

import java.util.List;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.MemberRecord;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.notice.Notice;
import org.junit.jupiter.api.Test;

/** What the galaxy's header says follows from the block before and from what was agreed. */
class GalaxyHeaderTest {

  private static final Hash ELSEWHERE = Hash.fromHex("ee".repeat(32));

  private final GalaxyScene galaxy = new GalaxyScene();

  private static MemberRecord record(boolean agreed, int placed, int dropped, int late) {
    return new MemberRecord(agreed, placed, dropped, late);
  }

  private Notice checkIn(int star, long counter) {
    return galaxy.network().star(star).notice(counter, new Notice.CheckIn(1, Hash.ZERO));
  }

  @Test
  void theExecutionRecordSaysOfEveryMemberWhatBecameOfItsProposal() {
    var first = galaxy.hold(galaxy.checkpoint(0));
    galaxy.checkpoint(1);
    var gap = galaxy.hold(galaxy.checkpoint(1));
    galaxy.append(by(0, galaxy.batch().carrying(checkIn(0, 5))));
    var stale = checkIn(0, 5);
    var fresh = checkIn(1, 1);

    var header =
        galaxy
            .block(
                by(0, galaxy.batch().naming(first, gap).carrying(stale).late(0, 9, 500, 60_000)),
                by(1, galaxy.batch().naming(first).carrying(fresh).late(7, 0, 300, 60_000)),
                by(3, galaxy.batch().carrying(fresh, stale).late(8, 4, 400, 0)))
            .header();

    assertThat(header.execution())
        .containsExactly(
            record(true, 1, 2, 7),
            record(true, 2, 0, 4),
            record(false, 0, 0, 400),
            record(true, 1, 1, 60_000));
  }

  @Test
  void aProposalThatExtendsAnotherBlockCountsAsEmpty() {
    var checkpoint = galaxy.hold(galaxy.checkpoint(0));
    var now = galaxy.time().timeMillis() + 10;
    var astray =
        galaxy
            .batch()
            .after(ELSEWHERE)
            .naming(checkpoint)
            .carrying(checkIn(0, 1))
            .at(Long.MAX_VALUE)
            .late(50, 50, 50, 50);

    var block =
        galaxy.block(by(0, astray), by(1, galaxy.batch().at(now)), by(2, galaxy.batch().at(now)));

    assertThat(block.content().checkpoints()).isEmpty();
    assertThat(block.content().notices()).isEmpty();
    assertThat(block.header().timeMillis()).isEqualTo(now);
    assertThat(block.header().execution())
        .containsExactly(
            record(true, 0, 0, 0),
            record(true, 0, 0, 0),
            record(true, 0, 0, 0),
            record(false, 0, 0, 0));
  }

  @Test
  void everyBlockExtendsTheOneBefore() {
    var first = galaxy.append(by(0, galaxy.batch()));
    var second = galaxy.append(by(0, galaxy.batch()));
    assertThat(first.header().previous())
        .isEqualTo(GalaxyHeader.genesisOf(galaxy.network().genesis().network()));
    assertThat(second.header().previous()).isEqualTo(first.header().hash());
    assertThat(List.of(first.header().height(), second.header().height())).containsExactly(1L, 2L);
  }

  @Test
  void theHeaderNamesTheStateAndTheReceiptsOfWhatItExecuted() {
    var alice = galaxy.star(0);
    var checkpoint = galaxy.hold(galaxy.checkpoint(0, alice.say(pay(galaxy.star(1), 1, 10))));
    var block = galaxy.block(by(0, galaxy.batch().naming(checkpoint)));
    assertThat(block.header().stateRoot()).isEqualTo(block.state().root());
    assertThat(block.state().star(alice.id()).orElseThrow().sequence()).isOne();
    assertThat(block.receipts()).isNotEmpty();
  }

  private LedgerTime clockAfter(long... times) {
    var agreed = new GalaxyScene.Agreed[times.length];
    for (var i = 0; i < times.length; i++) {
      agreed[i] = by(i, galaxy.batch().at(times[i]));
    }
    var block = galaxy.append(agreed);
    assertThat(block.state().time())
        .isEqualTo(
            new LedgerTime(
                block.header().timeMillis(),
                block.header().tick(),
                block.header().stepTimeMillis()));
    return block.state().time();
  }

  @Test
  void theTimeIsTheMedianAndOneMemberMovesItNowhere() {
    var start = galaxy.time().timeMillis();
    assertThat(clockAfter(start + 10, start + 30, start + 20).timeMillis()).isEqualTo(start + 20);
    assertThat(clockAfter(start + 40, start + 50, Long.MAX_VALUE).timeMillis())
        .isEqualTo(start + 50);
    assertThat(clockAfter(0, start + 60, start + 70).timeMillis()).isEqualTo(start + 60);
    assertThat(clockAfter(0, 0, start).timeMillis()).isEqualTo(start + 61);
  }

  @Test
  void everyWholeTickSinceTheLastStepIsCounted() {
    var start = galaxy.time().timeMillis();
    var almost = start + TICK_MILLIS - 1;
    assertThat(clockAfter(almost)).isEqualTo(new LedgerTime(almost, 0, start));
    var later = start + 3 * TICK_MILLIS + 7;
    assertThat(clockAfter(later)).isEqualTo(new LedgerTime(later, 3, start + 3 * TICK_MILLIS));
    assertThat(clockAfter(later)).isEqualTo(new LedgerTime(later + 1, 3, start + 3 * TICK_MILLIS));
  }

  @Test
  void aBlockCountsEightTicksAtMostAndAStallFreezesTheRest() {
    var start = galaxy.time().timeMillis();
    var eight = start + 8 * TICK_MILLIS + 999;
    assertThat(clockAfter(eight)).isEqualTo(new LedgerTime(eight, 8, start + 8 * TICK_MILLIS));
    var nineMore = start + 17 * TICK_MILLIS;
    assertThat(clockAfter(nineMore)).isEqualTo(new LedgerTime(nineMore, 16, nineMore));
    var tomorrow = nineMore + 86_400_000;
    assertThat(clockAfter(tomorrow)).isEqualTo(new LedgerTime(tomorrow, 24, tomorrow));
  }
}
