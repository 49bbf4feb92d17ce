package org.constellation.platform.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Whom a follower asks for blocks that are missing, when most have only new ones. */
class PullScheduleTest {

  private static final int BLOCKS = 64;
  private static final long GAP_PATIENCE = 300;
  private static final long QUIET_PATIENCE = 5_000;

  private static final FollowerProperties PROPERTIES =
      new FollowerProperties(
          64,
          64,
          DataSize.ofMegabytes(64),
          Duration.ofMillis(GAP_PATIENCE),
          Duration.ofMillis(QUIET_PATIENCE),
          Duration.ofSeconds(8),
          Duration.ofMillis(500),
          1_024,
          64,
          Duration.ofMinutes(1),
          Duration.ofSeconds(5),
          DataSize.ofMegabytes(512));

  private final List<Bytes> keepers = List.of(keeper(1), keeper(2), keeper(3));
  private final PullSchedule schedule = new PullSchedule(PROPERTIES, keepers, 0);

  private static Bytes keeper(int number) {
    return Bytes.copyOf(new byte[] {(byte) number});
  }

  @Test
  void asksNobodyBeforeABlockMayHaveComeByItself() {
    assertThat(schedule.isDue(true, GAP_PATIENCE - 1)).isFalse();
    assertThat(schedule.isDue(true, GAP_PATIENCE)).isTrue();
    assertThat(schedule.isDue(false, GAP_PATIENCE)).isFalse();
    assertThat(schedule.isDue(false, QUIET_PATIENCE)).isTrue();
    schedule.progress(GAP_PATIENCE);
    assertThat(schedule.isDue(true, 2 * GAP_PATIENCE - 1)).isFalse();
  }

  @Test
  void asksTheNextWithGrowingPausesWhereNobodyAnswers() {
    var asked = new ArrayList<Bytes>();
    var pauses = new ArrayList<Long>();
    var now = GAP_PATIENCE;
    for (var pull = 0; pull < 7; pull++) {
      var before = now;
      while (!schedule.isDue(true, now)) {
        now++;
      }
      pauses.add(now - before);
      asked.add(schedule.nextKeeper(BLOCKS, now));
    }
    assertThat(asked)
        .containsExactly(
            keeper(1), keeper(2), keeper(3), keeper(1), keeper(2), keeper(3), keeper(1));
    assertThat(pauses).containsExactly(0L, 300L, 600L, 1_200L, 2_400L, 4_800L, 8_000L);
  }

  @Test
  void asksAtOnceWhoeverAnsweredWhole() {
    schedule.nextKeeper(BLOCKS, 1_000);
    assertThat(schedule.nextKeeper(BLOCKS, 2_000)).isEqualTo(keeper(2));
    for (var block = 0; block < BLOCKS; block++) {
      assertThat(schedule.isDue(false, 2_100)).isFalse();
      schedule.progress(2_100);
    }
    assertThat(schedule.isDue(false, 2_100)).isTrue();
    assertThat(schedule.nextKeeper(BLOCKS, 2_100)).isEqualTo(keeper(2));
    assertThat(schedule.isDue(false, 2_100)).as("one pull for each answer").isFalse();
  }

  @Test
  void asksAnotherThanWhoeverBringsAlmostNothing() {
    schedule.nextKeeper(BLOCKS, 1_000);
    for (var block = 0; block < BLOCKS / 4; block++) {
      schedule.progress(1_100);
    }
    assertThat(schedule.nextKeeper(BLOCKS, 2_000)).as("has some, not all").isEqualTo(keeper(1));
    schedule.progress(2_100);
    assertThat(schedule.nextKeeper(BLOCKS, 3_000)).isEqualTo(keeper(2));
  }
}
