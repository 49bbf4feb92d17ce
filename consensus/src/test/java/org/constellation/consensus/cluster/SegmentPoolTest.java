package org.constellation.consensus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.constellation.consensus.testkit.SmallLedger;
import org.constellation.protocol.chain.Segment;
import org.junit.jupiter.api.Test;

/** A star's segments take room from other stars only as long as they can be included. */
class SegmentPoolTest {

  private final SmallLedger ledger = new SmallLedger(1, 4, 2);
  private final SegmentPool pool = new SegmentPool();

  /** Runs that all begin at sequence 2. */
  private List<Segment> withoutPredecessor(SmallLedger.Key key, int count, int length) {
    var first = ledger.run(key.star(), List.of(), List.of(SmallLedger.small(0)));
    var segments = new ArrayList<Segment>();
    for (var i = 0; i < count; i++) {
      var body = length > 1 ? SmallLedger.large(i) : SmallLedger.small(i);
      var run = ledger.run(key.star(), first, Collections.nCopies(length, body));
      segments.add(SmallLedger.sign(key, run));
    }
    return segments;
  }

  private Segment next(int star) {
    return ledger.chain(SmallLedger.star(star), 1, 1, SmallLedger.small(1)).getFirst();
  }

  @Test
  void oneStarsGapsTakeNoRoomFromTheOthers() {
    var rules = new ClusterRules(ledger.cluster(0), ledger.state(), SmallLedger.VERIFIER);
    for (var segment : withoutPredecessor(SmallLedger.star(0), 560, 61)) {
      rules.offer(segment);
    }
    var large = ledger.chain(SmallLedger.star(1), 1, 61, SmallLedger.large(1)).getFirst();
    assertThat(rules.offer(large)).isEqualTo(new Admission.Pooled(true));
  }

  @Test
  void whatDoesNotFollowGivesWayWhenThePoolIsFull() {
    var stars = SegmentPool.SEGMENTS_MAX / 32;
    IntStream.range(0, stars)
        .mapToObj(SmallLedger::star)
        .forEach(
            key ->
                withoutPredecessor(key, 32, 1)
                    .forEach(segment -> assertThat(pool.add(segment, _ -> 1)).isEmpty()));
    assertThat(pool.size()).isEqualTo(SegmentPool.SEGMENTS_MAX);
    assertThat(pool.add(next(stars), _ -> 1)).isEmpty();
    assertThat(pool.stars()).contains(SmallLedger.star(stars).star());
    assertThat(pool.size()).isLessThan(SegmentPool.SEGMENTS_MAX);
    assertThat(pool.stars()).doesNotContain(SmallLedger.star(0).star());
  }

  @Test
  void whatAStarSendsLaterGivesWayToWhatComesBefore() {
    var key = SmallLedger.star(0);
    var chain = ledger.chain(key, 6, 61, SmallLedger.large(1));
    assertThat(pool.add(chain.get(4), _ -> 1)).isEmpty();
    assertThat(pool.add(chain.get(5), _ -> 1)).isEmpty();
    for (var i = 0; i < 4; i++) {
      assertThat(pool.add(chain.get(i), _ -> 1)).isEmpty();
    }
    assertThat(pool.of(key.star())).containsExactlyElementsOf(chain.subList(0, 4));
  }

  @Test
  void aRunThatWaitsInOrderIsNoGap() {
    var key = SmallLedger.star(0);
    for (var segment : ledger.chain(key, 200, 1, SmallLedger.small(1))) {
      assertThat(pool.add(segment, _ -> 1)).isEmpty();
    }
    assertThat(pool.size()).isEqualTo(200);
  }

  /** After a loss a busy star's segments come again, and not in order. */
  @Test
  void ofWhatDoesNotFollowTheLaterGivesWay() {
    var key = SmallLedger.star(0);
    var chain = ledger.chain(key, 100, 1, SmallLedger.small(1));
    for (var segment : chain.reversed().subList(0, 99)) {
      assertThat(pool.add(segment, _ -> 1)).isEmpty();
    }
    assertThat(pool.add(chain.getFirst(), _ -> 1)).isEmpty();
    assertThat(pool.of(key.star()))
        .containsExactlyElementsOf(chain.subList(0, 1 + SegmentPool.DETACHED_PER_STAR_MAX));
    assertThat(pool.add(chain.getLast(), _ -> 1)).isEmpty();
    assertThat(pool.size()).isEqualTo(2 + SegmentPool.DETACHED_PER_STAR_MAX);
  }

  @Test
  void theLatestOfTooManyThatDoNotFollowStaysOutside() {
    var key = SmallLedger.star(0);
    var chain = ledger.chain(key, 100, 1, SmallLedger.small(1));
    var kept = chain.subList(1, 1 + SegmentPool.DETACHED_PER_STAR_MAX);
    for (var segment : kept) {
      assertThat(pool.add(segment, _ -> 1)).isEmpty();
    }
    assertThat(pool.add(chain.getLast(), _ -> 1)).isPresent();
    assertThat(pool.of(key.star())).containsExactlyElementsOf(kept);
  }
}
