package org.constellation.platform.follow;

import static org.assertj.core.api.Assertions.assertThat;

import org.constellation.platform.SettableClock;
import org.constellation.platform.TestNetwork;
import org.constellation.protocol.crypto.PublicKey;
import org.junit.jupiter.api.Test;

class HandOutBudgetTest {

  private static final PublicKey ALICE = TestNetwork.key(1).publicKey();
  private static final PublicKey BOB = TestNetwork.key(2).publicKey();
  private static final int SHARE = HandOutBudget.SHARE_MAX;

  private final SettableClock clock = new SettableClock(1_000_000);
  private final HandOutBudget budget = new HandOutBudget(clock);

  @Test
  void leavesRoomForOthersWhoeverAsksHowOften() {
    assertThat(budget.take(ALICE, SHARE)).isTrue();
    assertThat(budget.take(ALICE, 1)).isFalse();
    assertThat(budget.take(BOB, SHARE)).isTrue();
  }

  @Test
  void handsOutABlockThatIsLargerThanAShare() {
    assertThat(budget.take(ALICE, SHARE + 1)).isTrue();
    assertThat(budget.take(ALICE, 1)).isFalse();
  }

  @Test
  void boundsWhatAllGetTogether() {
    var given = 0;
    for (var asker = 10; asker < 20; asker++) {
      given += budget.take(TestNetwork.key(asker).publicKey(), SHARE) ? SHARE : 0;
    }
    assertThat(given).isEqualTo(HandOutBudget.BYTES_PER_SECOND_MAX);
  }

  @Test
  void beginsAnewWithEverySecond() {
    budget.take(ALICE, SHARE);
    clock.forward(1_000);
    assertThat(budget.take(ALICE, SHARE)).isTrue();
  }
}
