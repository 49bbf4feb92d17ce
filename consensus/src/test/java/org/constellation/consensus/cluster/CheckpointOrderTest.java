package org.constellation.consensus.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.consensus.cluster.ClusterScene.by;
import static org.constellation.protocol.testkit.TestStar.pay;

import java.util.List;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.testkit.TestStar;
import org.junit.jupiter.api.Test;

/** In which order a cluster places what was agreed, and what finds no place. */
class CheckpointOrderTest {

  private final ClusterScene cluster = new ClusterScene();
  private final TestStar alice = cluster.star(0);
  private final TestStar bob = cluster.star(1);
  private final TestStar carol = cluster.star(2);

  private Segment of(TestStar star) {
    return cluster.hold(star.say(pay(alice.id().equals(star.id()) ? bob : alice, 1, 10)));
  }

  /** Another half-block in the place of the one after {@code sequence}. */
  private Segment fork(TestStar star, long sequence, Hash head, long amount) {
    star.goBackTo(sequence, head);
    return cluster.hold(star.say(pay(star.id().equals(bob.id()) ? alice : bob, amount, 10)));
  }

  private List<Segment> order(ClusterScene.Agreed... agreed) {
    return cluster.block(agreed).body().segments();
  }

  @Test
  void proposersTakeTurnsAndTheRoundSaysWhoBegins() {
    var a = of(alice);
    var b = of(bob);
    var c = of(carol);
    // Round 1 is member 1's turn, which has no proposal here: the next one begins.
    assertThat(
            order(
                by(0, cluster.batch().naming(a)),
                by(2, cluster.batch().naming(b)),
                by(3, cluster.batch().naming(c))))
        .containsExactly(b, c, a);
    cluster.append(by(1, cluster.batch()));
    cluster.append(by(1, cluster.batch()));
    assertThat(cluster.rules().tip().round()).as("rounds so far").isEqualTo(2);
    assertThat(
            order(
                by(0, cluster.batch().naming(a)),
                by(2, cluster.batch().naming(b)),
                by(3, cluster.batch().naming(c))))
        .containsExactly(c, a, b);
    cluster.append(by(1, cluster.batch()));
    assertThat(
            order(
                by(0, cluster.batch().naming(a)),
                by(2, cluster.batch().naming(b)),
                by(3, cluster.batch().naming(c))))
        .as("round 4")
        .containsExactly(a, b, c);
  }

  @Test
  void aTurnIsOneEntryAndEveryProposalKeepsItsOwnOrder() {
    var a1 = of(alice);
    var a2 = of(alice);
    var b = of(bob);
    var c = of(carol);
    assertThat(order(by(1, cluster.batch().naming(a1, a2)), by(2, cluster.batch().naming(c, b))))
        .containsExactly(a1, c, a2, b);
  }

  @Test
  void whatSeveralNameStandsAtItsFirstPlace() {
    var a = of(alice);
    var b = of(bob);
    var c = of(carol);
    assertThat(
            order(
                by(0, cluster.batch().naming(a, c)),
                by(1, cluster.batch().naming(b, a)),
                by(2, cluster.batch().naming(a, b))))
        .containsExactly(b, a, c);
  }

  @Test
  void whatComesBeforeItsPredecessorIsPlacedRightAfterIt() {
    var a1 = of(alice);
    var a2 = of(alice);
    var a3 = of(alice);
    var b = of(bob);
    var c = of(carol);
    assertThat(order(by(1, cluster.batch().naming(a3, b, a2, a1, c))))
        .containsExactly(b, a1, a2, a3, c);
  }

  @Test
  void whatHasNoPredecessorIsLeftOutAndProposedAgain() {
    var a1 = alice.say(pay(bob, 1, 10));
    var a2 = of(alice);
    var b = of(bob);
    var block = cluster.append(by(1, cluster.batch().naming(a2, b)));
    assertThat(block.body().segments()).containsExactly(b);
    assertThat(block.header().execution().get(1).dropped()).isOne();

    cluster.rules().offer(a1);
    cluster.rules().offer(a2);
    assertThat(cluster.append(by(1, cluster.batch().naming(a1, a2))).body().segments())
        .containsExactly(a1, a2);
  }

  @Test
  void ofSeveralHalfBlocksForOnePlaceTheFirstWinsAndAnotherConvictsTheirStar() {
    var first = of(alice);
    var second = fork(alice, 0, Hash.ZERO, 2);
    var third = fork(alice, 0, Hash.ZERO, 3);
    var b = of(bob);
    var body =
        cluster
            .block(
                by(0, cluster.batch().naming(second)),
                by(1, cluster.batch().naming(b, first)),
                by(2, cluster.batch().naming(third)))
            .body();
    // Member 1 begins, then 2, then 0: the third comes before the first.
    assertThat(body.segments()).containsExactly(b, third);
    assertThat(body.evidence()).containsExactly(new Evidence.Fork(third, second));
  }

  @Test
  void aForkInsideALongerRunIsShownFromWhereItBegins() {
    var start = alice.write(pay(bob, 1, 10));
    var end = alice.write(pay(bob, 1, 10));
    var run = cluster.hold(alice.sign(List.of(start, end)));
    alice.goBackTo(1, start.id());
    var other = alice.write(pay(bob, 9, 10));
    var fork = cluster.hold(alice.sign(List.of(start, other)));

    var body = cluster.block(by(1, cluster.batch().naming(run, fork))).body();

    assertThat(body.segments()).containsExactly(run);
    assertThat(body.evidence()).containsExactly(new Evidence.Fork(run.from(2), fork.from(2)));
  }

  @Test
  void whatAnotherKeySignedProvesNothingAgainstTheStar() {
    var first = of(alice);
    alice.goBackTo(0, Hash.ZERO);
    var forged = alice.write(pay(bob, 5, 10));
    alice.signWith(cluster.network().newKey());
    var segment = cluster.hold(alice.sign(List.of(forged)));
    var body = cluster.block(by(1, cluster.batch().naming(first, segment))).body();
    assertThat(body.segments()).containsExactly(first);
    assertThat(body.evidence()).isEmpty();
  }

  @Test
  void aForkOfAnEarlierBlockIsAccusedInTheNextProposal() {
    var first = of(alice);
    cluster.append(by(1, cluster.batch().naming(first)));
    cluster.rules().offer(fork(alice, 0, Hash.ZERO, 2));
    assertThat(cluster.proposed().evidence()).hasSize(1);
  }
}
