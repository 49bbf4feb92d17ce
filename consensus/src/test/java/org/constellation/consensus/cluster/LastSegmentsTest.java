package org.constellation.consensus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.constellation.consensus.testkit.SmallLedger;
import org.junit.jupiter.api.Test;

class LastSegmentsTest {

  private static final int STARS = 200;

  private final SmallLedger ledger = new SmallLedger(1, 4, STARS);
  private final LastSegments last = new LastSegments();

  @Test
  void keepsTheSegmentsOfThoseWhoWroteLastAsFarAsThereIsRoom() {
    for (var star = 0; star < STARS; star++) {
      last.placed(ledger.chain(SmallLedger.star(star), 1, 60, SmallLedger.large(1)).getFirst());
    }

    assertThat(last.size()).isLessThan(STARS);
    assertThat(last.with(SmallLedger.star(0).star(), 1)).isEmpty();
    assertThat(last.with(SmallLedger.star(STARS - 1).star(), 60)).isPresent();
    assertThat(last.with(SmallLedger.star(STARS - 1).star(), 61)).isEmpty();
  }

  @Test
  void keepsOneOfAStar() {
    var segments = ledger.chain(SmallLedger.star(0), 3, 1, SmallLedger.small(1));
    segments.forEach(last::placed);

    assertThat(last.size()).isEqualTo(1);
    assertThat(last.with(SmallLedger.star(0).star(), 2)).isEmpty();
    assertThat(last.with(SmallLedger.star(0).star(), 3)).contains(segments.getLast());
  }
}
