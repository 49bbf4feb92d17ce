package org.constellation.consensus.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.consensus.cluster.ClusterScene.TIME;
import static org.constellation.consensus.cluster.ClusterScene.by;
import static org.constellation.protocol.testkit.TestStar.pay;

import org.constellation.consensus.layer.Built;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.MemberRecord;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.testkit.TestStar;
import org.junit.jupiter.api.Test;

/** What a cluster's header says follows from the block before and from what was agreed. */
class CheckpointHeaderTest {

  private static final Hash ELSEWHERE = Hash.fromHex("ee".repeat(32));

  private final ClusterScene cluster = new ClusterScene();
  private final TestStar alice = cluster.star(0);
  private final TestStar bob = cluster.star(1);

  private Segment payment(TestStar from, TestStar to) {
    return cluster.hold(from.say(pay(to, 1, 10)));
  }

  private static MemberRecord record(boolean agreed, int placed, int dropped, int late) {
    return new MemberRecord(agreed, placed, dropped, late);
  }

  @Test
  void theExecutionRecordSaysOfEveryMemberWhatBecameOfItsProposal() {
    var one = payment(alice, bob);
    var two = payment(bob, alice);
    alice.goBackTo(0, Hash.ZERO);
    var fork = cluster.hold(alice.say(pay(bob, 2, 10)));

    var block =
        cluster.block(
            by(0, cluster.batch().naming(two, fork).late(0, 9, 500, 60_000)),
            by(1, cluster.batch().naming(one, two).late(7, 0, 300, 60_000)),
            by(3, cluster.batch().naming(two).late(8, 4, 400, 0)));

    // Round 1 begins with member 1, so its payment of alice is first and the other one a fork.
    assertThat(block.header().execution())
        .containsExactly(
            record(true, 1, 1, 7),
            record(true, 2, 0, 4),
            record(false, 0, 0, 400),
            record(true, 1, 0, 60_000));
  }

  @Test
  void aProposalThatExtendsAnotherBlockCountsAsEmpty() {
    cluster.executeUpTo(9);
    var one = payment(alice, bob);
    var evil =
        cluster
            .batch()
            .after(ELSEWHERE)
            .naming(one)
            .galaxyHeight(9)
            .at(Long.MAX_VALUE)
            .late(50, 50, 50, 50);

    var block =
        cluster.block(
            by(0, evil),
            by(1, cluster.batch().galaxyHeight(4)),
            by(2, cluster.batch().galaxyHeight(4)));

    assertThat(block.body().segments()).isEmpty();
    assertThat(block.header().galaxyHeight()).isEqualTo(4);
    assertThat(block.header().timeMillis()).isEqualTo(TIME);
    assertThat(block.header().execution())
        .containsExactly(
            record(true, 0, 0, 0),
            record(true, 0, 0, 0),
            record(true, 0, 0, 0),
            record(false, 0, 0, 0));
  }

  @Test
  void aBlockOfProposalsThatAllExtendAnotherBlockIsEmptyAndAMillisecondLater() {
    var first =
        cluster.append(
            by(0, cluster.batch()), by(1, cluster.batch()), by(2, cluster.batch().galaxyHeight(0)));
    var astray = cluster.batch().after(ELSEWHERE).naming(payment(alice, bob)).at(TIME + 999);

    var block = cluster.block(by(0, astray), by(1, astray), by(2, astray)).header();

    assertThat(block.previous()).isEqualTo(first.header().hash());
    assertThat(block.count()).isZero();
    assertThat(block.timeMillis()).isEqualTo(TIME + 1);
  }

  @Test
  void theFirstBlockExtendsTheClustersGenesis() {
    var header = cluster.block(by(0, cluster.batch())).header();
    assertThat(header.round()).isOne();
    assertThat(header.previous())
        .isEqualTo(
            CheckpointHeader.genesisOf(
                cluster.network().genesis().network(), ClusterScene.CLUSTER));
  }

  private CheckpointHeader withHeights(long... heights) {
    var agreed = new ClusterScene.Agreed[heights.length];
    for (var i = 0; i < heights.length; i++) {
      agreed[i] = by(i, cluster.batch().galaxyHeight(heights[i]));
    }
    return cluster.append(agreed).header();
  }

  @Test
  void theGalaxyHeightIsTheHighestThatMoreThanTheFaultyName() {
    cluster.executeUpTo(7);
    assertThat(withHeights(2, 7, 3).galaxyHeight()).isEqualTo(3);
    assertThat(withHeights(5, 4, 7, 6).galaxyHeight()).isEqualTo(6);
  }

  @Test
  void oneMemberRaisesTheGalaxyHeightNeither() {
    cluster.executeUpTo(3);
    assertThat(withHeights(1, Long.MAX_VALUE, 3).galaxyHeight()).isEqualTo(3);
  }

  @Test
  void theGalaxyHeightNeverFalls() {
    cluster.executeUpTo(5);
    assertThat(withHeights(5, 5, 5).galaxyHeight()).isEqualTo(5);
    assertThat(withHeights(0, 4, 5).galaxyHeight()).isEqualTo(5);
    assertThat(withHeights(5).galaxyHeight()).as("named by one member only").isEqualTo(5);
  }

  @Test
  void aBlockWaitsForTheGalaxyHeightThatItIsJudgedBy() {
    cluster.executeUpTo(2);
    var batch = cluster.batch().galaxyHeight(3);
    var agreed = new ClusterScene.Agreed[] {by(0, batch), by(1, batch), by(2, cluster.batch())};

    assertThat(cluster.build(agreed)).isInstanceOf(Built.Waits.class);
    cluster.executeUpTo(3);
    assertThat(cluster.block(agreed).header().galaxyHeight()).isEqualTo(3);
  }

  private long timeOf(long... times) {
    var agreed = new ClusterScene.Agreed[times.length];
    for (var i = 0; i < times.length; i++) {
      agreed[i] = by(i, cluster.batch().at(times[i]));
    }
    return cluster.append(agreed).header().timeMillis();
  }

  @Test
  void theTimeIsTheMedianAndOneMemberMovesItNowhere() {
    assertThat(timeOf(1_000, 3_000, 2_000)).isEqualTo(2_000);
    assertThat(timeOf(4_000, 5_000, Long.MAX_VALUE)).isEqualTo(5_000);
    assertThat(timeOf(0, 6_000, 7_000)).isEqualTo(6_000);
    assertThat(timeOf(8_000, 9_000, Long.MAX_VALUE, 8_500)).isEqualTo(9_000);
    assertThat(timeOf(9_500, 9_400, 0, 9_600)).isEqualTo(9_500);
  }

  @Test
  void theTimeGoesOnByAMillisecondWhereTheMedianStandsStill() {
    assertThat(timeOf(5_000, 5_000, 5_000)).isEqualTo(5_000);
    assertThat(timeOf(5_000, 5_000, 5_000)).isEqualTo(5_001);
    assertThat(timeOf(100, 200, 300)).isEqualTo(5_002);
  }
}
