package org.constellation.consensus.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Random;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Vote;
import org.constellation.consensus.VoteValue;
import org.constellation.consensus.broadcast.BroadcastMessage;
import org.junit.jupiter.api.Test;

/** Whatever stands in a slot, it is a message with exactly those bytes, or none. */
class AgreementMessageTest {

  private static final int VOTES = 20_000;

  private static Vote drawn(Random random) {
    var kind = SlotKind.ofCode(1 + random.nextInt(10)).orElseThrow();
    var step =
        switch (random.nextInt(3)) {
          case 0 -> 0;
          case 1 -> random.nextInt(5);
          default -> random.nextInt() & Integer.MAX_VALUE;
        };
    var value =
        new byte
            [switch (random.nextInt(4)) {
              case 0 -> 0;
              case 1 -> 1;
              case 2 -> 32;
              default -> random.nextInt(VoteValue.LENGTH_MAX + 1);
            }];
    random.nextBytes(value);
    if (value.length == 1 && random.nextBoolean()) {
      value[0] &= 3;
    }
    return new Vote(new Slot(5, kind, step), VoteValue.of(value));
  }

  @Test
  void everyVoteIsOneMessageOrNone() {
    var random = new Random(1);
    var read = EnumSet.noneOf(SlotKind.class);
    for (var i = 0; i < VOTES; i++) {
      var vote = drawn(random);
      var agreement = AgreementMessage.from(vote).map(message -> message.toVote(5));
      var broadcast = BroadcastMessage.from(vote).map(one -> one.toVote(new MemberIndex(5)));
      agreement.ifPresent(again -> assertThat(again).isEqualTo(vote));
      broadcast.ifPresent(again -> assertThat(again).isEqualTo(vote));
      assertThat(agreement.isPresent() && broadcast.isPresent()).isFalse();
      if (agreement.isPresent() || broadcast.isPresent()) {
        read.add(vote.slot().kind());
      }
    }
    assertThat(read).isEqualTo(EnumSet.complementOf(EnumSet.of(SlotKind.BEACON, SlotKind.CERTIFY)));
  }
}
