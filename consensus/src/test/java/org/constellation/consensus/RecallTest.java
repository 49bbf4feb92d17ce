package org.constellation.consensus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecallTest {

  private static final Slot AUX = new Slot(3, SlotKind.AUX, 1);
  private static final Vote ONE = new Vote(AUX, VoteValue.ofByte(1));
  private static final Frozen VALS = new Frozen(3, Frozen.Kind.AUX_VALUES, 1, BinaryValues.BOTH);

  @Test
  void findsWhatWasSentAndFrozen() {
    var recall = Recall.of(List.of(ONE, ONE), List.of(VALS, VALS));
    assertThat(recall.sent(AUX)).contains(VoteValue.ofByte(1));
    assertThat(recall.frozen(3, Frozen.Kind.AUX_VALUES, 1)).contains(BinaryValues.BOTH);
    assertThat(recall.frozen(3, Frozen.Kind.AUX_VALUES, 2)).isEmpty();
    assertThat(recall.frozen(3, Frozen.Kind.CONF_UNION, 1)).isEmpty();
    assertThat(recall.isEmpty()).isFalse();
    assertThat(Recall.nothing().isEmpty()).isTrue();
  }

  @Test
  void givesTheVotesOfOneInstanceInSlotOrder() {
    var votes =
        List.of(
            new Vote(new Slot(4, SlotKind.ECHO, 0), VoteValue.EMPTY),
            new Vote(new Slot(3, SlotKind.CERTIFY, Integer.MAX_VALUE), VoteValue.EMPTY),
            ONE,
            new Vote(new Slot(3, SlotKind.PROPOSE, 0), VoteValue.EMPTY),
            new Vote(new Slot(2, SlotKind.TERM, 0), VoteValue.EMPTY));
    assertThat(Recall.of(votes, List.of()).votesOf(3))
        .containsExactly(votes.get(3), ONE, votes.get(1));
  }

  @Test
  void refusesAJournalThatContradictsItself() {
    var zero = new Vote(AUX, VoteValue.ofByte(0));
    assertThatThrownBy(() -> Recall.of(List.of(ONE, zero), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    var other = new Frozen(3, Frozen.Kind.AUX_VALUES, 1, BinaryValues.ONE);
    assertThatThrownBy(() -> Recall.of(List.of(), List.of(VALS, other)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
