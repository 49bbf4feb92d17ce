package org.constellation.consensus.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.consensus.cluster.ClusterScene.by;
import static org.constellation.protocol.testkit.TestStar.NO_SIGNATURE;
import static org.constellation.protocol.testkit.TestStar.pay;

import java.util.List;
import org.constellation.consensus.layer.EvidenceCheck;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.testkit.TestStar;
import org.junit.jupiter.api.Test;

/** Who forked stays accused until the ledger says that it is convicted, whatever others do. */
class ClusterAccusationTest {

  private final ClusterScene cluster = new ClusterScene();
  private final TestStar alice = cluster.star(0);
  private final TestStar bob = cluster.star(1);

  /** Two runs of alice from sequence 1 that differ in what they say. */
  private Evidence.Fork fork(Body one, Body other) {
    return fork(new Body[] {one}, new Body[] {other});
  }

  private Evidence.Fork fork(Body[] one, Body[] other) {
    alice.goBackTo(0, Hash.ZERO);
    var first = cluster.hold(alice.say(one));
    alice.goBackTo(0, Hash.ZERO);
    return new Evidence.Fork(first, cluster.hold(alice.say(other)));
  }

  /** Alice's words as somebody else signed them: in form, and of no effect at execution. */
  private Evidence.Fork useless() {
    var stranger = cluster.network().newKey();
    var before = alice.key();
    alice.goBackTo(0, Hash.ZERO);
    alice.signWith(stranger);
    var one = alice.say(pay(bob, 71, 10));
    alice.goBackTo(0, Hash.ZERO);
    var fork = new Evidence.Fork(one, alice.say(pay(bob, 72, 10)));
    alice.signWith(before);
    assertThat(
            EvidenceCheck.isConvincing(
                fork, cluster.network().genesis().network(), cluster.network().scheme()))
        .isTrue();
    return fork;
  }

  /** The first half-block is placed, then this member hears of the other one. */
  private Evidence.Fork discover() {
    return discover(fork(pay(bob, 1, 10), pay(bob, 2, 10)));
  }

  private Evidence.Fork discover(Evidence.Fork fork) {
    cluster.append(by(1, cluster.batch().naming(fork.first())));
    cluster.rules().offer(fork.second());
    return fork;
  }

  private List<Evidence> accused() {
    return cluster.proposed().evidence();
  }

  @Test
  void aForkIsAccusedUntilItStandsInABlock() {
    var fork = discover();
    assertThat(accused()).containsExactly(fork);
    assertThat(cluster.rules().hasWork()).isTrue();

    cluster.append(by(1, cluster.batch().accusing(fork)));
    assertThat(accused()).isEmpty();
    assertThat(cluster.rules().hasWork()).isFalse();
  }

  @Test
  void aForkIsAccusedHoweverLongAgoTheOtherHalfBlockBecameFinal() {
    var first = cluster.hold(alice.say(pay(bob, 1, 10)));
    cluster.appendFinal(by(1, cluster.batch().naming(first)));
    for (var i = 0; i < 5; i++) {
      var newest = cluster.batch().galaxyHeight(cluster.rules().galaxyHeight());
      cluster.appendFinal(by(1, newest), by(2, newest));
    }

    alice.goBackTo(0, Hash.ZERO);
    var second = alice.say(pay(bob, 2, 10));
    cluster.rules().offer(second);

    assertThat(accused()).containsExactly(new Evidence.Fork(first, second));
  }

  @Test
  void aForkInsideTheLastSegmentIsAccusedThoughThatGoesOnBehindIt() {
    var first = cluster.hold(alice.say(pay(bob, 1, 10), pay(bob, 2, 10)));
    cluster.append(by(1, cluster.batch().naming(first)));
    alice.goBackTo(0, Hash.ZERO);
    var second = alice.say(pay(bob, 3, 10));
    cluster.rules().offer(second);
    assertThat(accused()).containsExactly(new Evidence.Fork(first, second));
  }

  /** Two final segments of alice, and another half-block in the place of the first. */
  private Evidence.Fork oldFork() {
    var first = cluster.hold(alice.say(pay(bob, 1, 10)));
    cluster.appendFinal(by(1, cluster.batch().naming(first)));
    var last = cluster.hold(alice.say(pay(bob, 2, 10)));
    cluster.appendFinal(by(1, cluster.batch().naming(last)));
    alice.goBackTo(0, Hash.ZERO);
    return new Evidence.Fork(first, alice.say(pay(bob, 3, 10)));
  }

  @Test
  void aForkBeforeTheLastSegmentIsAccusedAsSoonAsSomebodyShowsIt() {
    var fork = oldFork();
    assertThat(cluster.rules().offer(fork.second())).isEqualTo(new Admission.Included());
    assertThat(accused()).isEmpty();

    cluster.rules().offerFork(fork);
    assertThat(cluster.rules().hasWork()).isTrue();
    assertThat(accused()).containsExactly(fork);

    var block = cluster.append(by(1, cluster.batch().accusing(fork)));
    assertThat(block.body().evidence()).containsExactly(fork);
    cluster.execute(draft -> draft.evidence(fork));
    cluster.rules().offerFork(fork);
    assertThat(accused()).isEmpty();
    assertThat(cluster.rules().hasWork()).isFalse();
  }

  @Test
  void whatIsShownAndProvesNothingIsNotTaken() {
    var fork = oldFork();
    var first = fork.first();
    var signedAgain = alice.sign(first.halfBlocks());
    var unsigned = Segment.of(alice.key().publicKey(), fork.second().halfBlocks(), NO_SIGNATURE);
    var tooEarly = alice.say(pay(bob, 4, 10), pay(bob, 5, 10), pay(bob, 5, 10)).from(4);
    alice.goBackTo(3, fork.second().last().id());
    var tooEarlyToo = alice.say(pay(bob, 6, 10));
    for (var nothing :
        List.of(
            new Evidence.Fork(first, signedAgain),
            new Evidence.Fork(first, unsigned),
            new Evidence.Fork(unsigned, first),
            new Evidence.Fork(first, tooEarly),
            new Evidence.Fork(tooEarly, tooEarlyToo),
            useless())) {
      cluster.rules().offerFork(nothing);
      assertThat(accused()).as("%s", nothing).isEmpty();
      assertThat(cluster.rules().hasWork()).isFalse();
    }
  }

  @Test
  void uselessEvidenceBesideItSuppressesNothing() {
    var fork = discover();
    cluster.append(by(2, cluster.batch().accusing(useless())));
    assertThat(accused()).containsExactly(fork);
  }

  @Test
  void uselessEvidenceBeforeItSuppressesNothing() {
    cluster.append(by(2, cluster.batch().accusing(useless())));
    var fork = discover();
    assertThat(accused()).containsExactly(fork);
  }

  @Test
  void nobodyIsAccusedOfWhatTheLedgerHasConvictedItFor() {
    var fork = discover();
    cluster.execute(draft -> draft.evidence(fork));
    assertThat(accused()).isEmpty();
    assertThat(cluster.rules().hasWork()).isFalse();

    alice.goBackTo(0, Hash.ZERO);
    cluster.rules().offer(alice.say(pay(bob, 3, 10)));
    assertThat(accused()).isEmpty();
  }

  @Test
  void aForkOfTheLongestSegmentsIsProposed() {
    var fork = discover(fork(longest(1), longest(2)));
    assertThat(SegmentSize.of(fork.first()).bytes()).isGreaterThan(Segment.BYTES_MAX * 95L / 100);
    assertThat(accused()).containsExactly(fork);
  }

  @Test
  void theSameHalfBlocksInOtherSegmentsAreNoFork() {
    alice.goBackTo(0, Hash.ZERO);
    var one = alice.write(pay(bob, 1, 10));
    var two = alice.write(pay(bob, 2, 10));
    var whole = cluster.hold(alice.sign(List.of(one, two)));
    var cut = cluster.hold(alice.sign(List.of(one)));
    var block =
        cluster.append(by(1, cluster.batch().naming(whole)), by(2, cluster.batch().naming(cut)));
    assertThat(block.body().evidence()).isEmpty();

    cluster.append(by(1, cluster.batch().naming(cluster.hold(changedKey()))));
    for (var again : List.of(whole, cut, alice.sign(List.of(one)), alice.sign(List.of(one, two)))) {
      cluster.rules().offer(again);
    }
    assertThat(accused()).isEmpty();
    assertThat(cluster.rules().hasWork()).isFalse();
  }

  /** From here on alice signs with another key, also what she said before. */
  private Segment changedKey() {
    return alice.changeKey(cluster.network().newKey());
  }

  private static Body[] longest(int first) {
    var bodies = new Body[Segment.CONTENT_BYTES_MAX / (Body.PAYLOAD_BYTES_MAX + 150)];
    for (var i = 0; i < bodies.length; i++) {
      var manifest = new byte[Body.PAYLOAD_BYTES_MAX];
      manifest[0] = (byte) first;
      bodies[i] = new Body.CompositionRegistration("long", Bytes.copyOf(manifest));
    }
    return bodies;
  }
}
