package org.constellation.consensus.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.MemberSet;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.junit.jupiter.api.Test;

class PullsTest {

  private static final int KIB = 1024;
  private static final PullKey BODY = new PullKey.OfBody(Hash.ZERO);
  private static final Pulls.Need NEED = new Pulls.Need(1, 0);
  private final Pulls pulls = new Pulls(LayerTiming.withIdle(1_000), 7);

  private static MemberSet members(int... indices) {
    var set = MemberSet.EMPTY;
    for (var index : indices) {
      set = set.with(new MemberIndex(index));
    }
    return set;
  }

  private Set<Integer> askedFrom(long from, long to, MemberSet... holders) {
    return askedFrom(from, to, _ -> {}, holders);
  }

  private interface Answerer {
    void answer(LayerMessage.PullItem item);
  }

  /** Who is asked; member 1 answers. */
  private Set<Integer> askedFrom(long from, long to, Answerer first, MemberSet... holders) {
    var asked = new TreeSet<Integer>();
    for (var now = from; now < to; now += 25) {
      pulls.begin();
      for (var set : holders) {
        pulls.want(BODY, NEED, set, now);
      }
      var turn = Turn.<String>at(now);
      pulls.send(turn);
      for (var sent : turn.step().build().answers()) {
        asked.add(sent.member());
        if (sent.member() == 1) {
          items(sent).forEach(first::answer);
        }
      }
    }
    return asked;
  }

  private static List<LayerMessage.PullItem> items(Addressed sent) {
    return LayerCodec.decode(sent.message()).orElseThrow() instanceof LayerMessage.Pull(var items)
        ? items
        : List.of();
  }

  private static LayerMessage.Part part(int total, int offset, int length) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    return new LayerMessage.Part(BODY, total, offset, Bytes.copyOf(bytes));
  }

  private static void assertWhole(Pulls.Taken taken, int length) {
    assertThat(taken)
        .isInstanceOfSatisfying(
            Pulls.Taken.Whole.class,
            whole -> assertThat(whole.bytes()).isEqualTo(part(length, 0, length).bytes()));
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
    assertThat(pulls.take(1, part(700 * KIB, 0, 300 * KIB), 500))
        .isInstanceOf(Pulls.Taken.Nothing.class);
    var repeated = part(700 * KIB, 0, 300 * KIB);
    assertThat(pulls.take(1, repeated, 501)).isInstanceOf(Pulls.Taken.Nothing.class);
    assertWhole(pulls.take(1, part(700 * KIB, 300 * KIB, 400 * KIB), 502), 700 * KIB);
  }

  @Test
  void survivesPartsThatDoNotFit() {
    for (var wrong :
        new LayerMessage.Part[] {
          part(-1, 0, 0), part(10, 5, 0), part(3, 0, 9), part(Integer.MAX_VALUE, 0, 0)
        }) {
      askedFrom(0, 500, members(1));
      assertThat(pulls.take(1, wrong, 500)).isNotInstanceOf(Pulls.Taken.Whole.class);
      assertThat(pulls.size()).isOne();
    }
  }

  @Test
  void leavesASourceThatDripsForTheNext() {
    var asked =
        askedFrom(
            0, 5_000, item -> pulls.take(1, part(KIB * KIB, item.offset(), 1), 0), members(1, 2));
    assertThat(asked).containsExactly(1, 2);
  }

  @Test
  void leavesASourceThatChangesHowLongAThingIs() {
    IntFunction<LayerMessage.Part> growing =
        offset -> part(KIB * KIB + offset, offset, LayerLimits.PART_BYTES_MIN);
    var asked =
        askedFrom(0, 1_000, item -> pulls.take(1, growing.apply(item.offset()), 0), members(1, 2));
    assertThat(asked).containsExactly(1, 2);
  }

  @Test
  void leavesASourceThatStopsHalfway() {
    var asked =
        askedFrom(
            0,
            5_000,
            item -> {
              if (item.offset() == 0) {
                pulls.take(1, part(KIB * KIB, 0, 300 * KIB), 0);
              }
            },
            members(1, 2));
    assertThat(asked).containsExactly(1, 2);
  }

  @Test
  void keepsWhatIsThereWhateverOthersSend() {
    var asked = askedFrom(0, 800, members(1, 2));
    assertThat(asked).containsExactly(1, 2);
    var source = askedFrom(800, 2_000, members(1)).size() == 1 ? 1 : 2;
    pulls.take(source, part(700 * KIB, 0, 400 * KIB), 2_000);
    // A stranger is not heard; who was asked is heard, found wrong, and not heard again.
    assertThat(pulls.take(3, part(0, 0, 0), 2_001)).isInstanceOf(Pulls.Taken.Nothing.class);
    assertThat(pulls.take(2, part(0, 0, 0), 2_002)).isInstanceOf(Pulls.Taken.Whole.class);
    pulls.refused(BODY, 2);
    assertThat(pulls.take(2, part(0, 0, 0), 2_003)).isInstanceOf(Pulls.Taken.Nothing.class);
    assertWhole(pulls.take(source, part(700 * KIB, 400 * KIB, 300 * KIB), 2_004), 700 * KIB);
  }

  @Test
  void asksNobodyAgainWhoAnsweredBadly() {
    askedFrom(0, 500, members(1));
    pulls.refused(BODY, 1);
    assertThat(askedFrom(500, 9_000, members(1, 2))).containsExactly(2);
  }

  @Test
  void servesOthersThanTheOneWhoNamesWhatNobodyHas() {
    var asked = new TreeMap<Integer, Integer>();
    for (var now = 0; now < 3_000; now += 25) {
      pulls.begin();
      for (var i = 0; i < 2 * LayerLimits.PULLS_OPEN_MAX; i++) {
        pulls.want(body("absent", i), new Pulls.Need(1, 3), members(3), now);
      }
      pulls.want(body("there", 0), new Pulls.Need(1, 4), members(4), now);
      pulls.want(new PullKey.OfPayload(Hash.ZERO), new Pulls.Need(1, 5), members(5), now);
      pulls.want(new PullKey.OfBlock(1), new Pulls.Need(1, 0), members(6), now);
      var turn = Turn.<String>at(now);
      pulls.send(turn);
      turn.step()
          .build()
          .answers()
          .forEach(sent -> asked.merge(sent.member(), items(sent).size(), Integer::sum));
    }
    assertThat(asked).containsKeys(3, 4, 5, 6);
    assertThat(pulls.size()).isLessThan(LayerLimits.PULLS_OPEN_MAX / 2);
  }

  @Test
  void asksFirstForWhatIsNeededFirst() {
    var later = IntStream.range(0, LayerLimits.PULLS_OPEN_MAX).mapToObj(i -> body("later", i));
    pulls.begin();
    later.forEach(key -> pulls.want(key, new Pulls.Need(2, 3), members(3), 0));
    pulls.send(Turn.<String>at(0));
    // Now an earlier round turns out to need a body too: the places were taken before it.
    pulls.begin();
    pulls.want(BODY, new Pulls.Need(1, 3), members(4), 25);
    IntStream.range(0, LayerLimits.PULLS_OPEN_MAX)
        .forEach(i -> pulls.want(body("later", i), new Pulls.Need(2, 3), members(3), 25));
    var turn = Turn.<String>at(25 + LayerTiming.withIdle(1_000).pullPatience());
    pulls.send(turn);
    assertThat(turn.step().build().answers()).extracting(Addressed::member).contains(4);
  }

  private static PullKey body(String kind, int number) {
    return new PullKey.OfBody(Hashing.tagged("TEST-BODY-" + kind).number(number).finish());
  }
}
