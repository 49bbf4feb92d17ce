package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.junit.jupiter.api.Test;

class PullsTest {

  private static final PullKey BODY = new PullKey.OfBody(Hash.ZERO);
  private final Pulls pulls = new Pulls(LayerTiming.withIdle(1_000));

  private static MemberSet members(int... indices) {
    var set = MemberSet.EMPTY;
    for (var index : indices) {
      set = set.with(new MemberIndex(index));
    }
    return set;
  }

  private Set<Integer> askedFrom(long from, long to, MemberSet... holders) {
    var asked = new TreeSet<Integer>();
    for (var now = from; now < to; now += 25) {
      pulls.begin();
      for (var set : holders) {
        pulls.want(BODY, 1, 0, set, now);
      }
      var turn = Turn.<String>at(now);
      pulls.send(turn);
      turn.step().build().answers().forEach(answer -> asked.add(answer.member()));
    }
    return asked;
  }

  @Test
  void asksEverybodyWhoShouldHoldABodyThatTwoPayloadsName() {
    // The last payload's proposer has died: whoever holds the body for another must be asked too.
    assertThat(askedFrom(0, 5_000, members(1, 2), members(5))).containsExactly(1, 2, 5);
  }

  @Test
  void waitsBeforeItAsks() {
    assertThat(askedFrom(0, 100, members(1))).isEmpty();
  }

  @Test
  void dropsWhatNobodyNeedsAnyMore() {
    askedFrom(0, 500, members(1));
    pulls.begin();
    pulls.send(Turn.<String>at(600));
    assertThat(pulls.size()).isZero();
  }

  @Test
  void putsALongThingTogetherFromItsParts() {
    askedFrom(0, 500, members(1));
    var whole = new byte[1_000];
    Arrays.fill(whole, (byte) 7);
    var first = new LayerMessage.Part(BODY, 1_000, 0, Bytes.copyOf(new byte[400]));
    assertThat(pulls.take(1, first, 500)).isEmpty();
    var repeated = new LayerMessage.Part(BODY, 1_000, 0, Bytes.copyOf(Arrays.copyOf(whole, 600)));
    assertThat(pulls.take(1, repeated, 501)).isEmpty();
    var rest = new LayerMessage.Part(BODY, 1_000, 600, Bytes.copyOf(Arrays.copyOf(whole, 400)));
    assertThat(pulls.take(1, rest, 502))
        .hasValueSatisfying(arrived -> assertThat(arrived.bytes()).isEqualTo(Bytes.copyOf(whole)));
  }

  @Test
  void survivesPartsThatDoNotFit() {
    askedFrom(0, 500, members(1));
    assertThat(pulls.take(1, new LayerMessage.Part(BODY, -1, 0, Bytes.EMPTY), 500)).isEmpty();
    assertThat(pulls.take(1, new LayerMessage.Part(BODY, 10, 5, Bytes.EMPTY), 500)).isEmpty();
    assertThat(pulls.take(1, new LayerMessage.Part(BODY, 3, 0, Bytes.copyOf(new byte[9])), 500))
        .isEmpty();
    assertThat(pulls.take(1, new LayerMessage.Part(BODY, Integer.MAX_VALUE, 0, Bytes.EMPTY), 500))
        .isEmpty();
    assertThat(pulls.size()).isOne();
  }
}
