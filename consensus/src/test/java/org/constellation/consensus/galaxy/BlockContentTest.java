package org.constellation.consensus.galaxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.consensus.galaxy.GalaxyScene.by;
import static org.constellation.protocol.testkit.TestStar.pay;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.junit.jupiter.api.Test;

/** Which of the agreed entries a galaxy block takes up, and in which order. */
class BlockContentTest {

  private final GalaxyScene galaxy = new GalaxyScene();

  private CertifiedCheckpoint next(int cluster) {
    return galaxy.hold(galaxy.checkpoint(cluster));
  }

  private List<CertifiedCheckpoint> taken(CertifiedCheckpoint... named) {
    return galaxy.block(by(0, galaxy.batch().naming(named))).content().checkpoints();
  }

  @Test
  void ofEachClusterTheLongestRunWithoutAGapIsTaken() {
    var one = next(0);
    var two = next(0);
    next(0);
    var four = next(0);
    assertThat(taken(four, two, one)).containsExactly(one, two);
    assertThat(taken(four, two)).isEmpty();
  }

  @Test
  void theRunBeginsAfterTheLastFinalRound() {
    var one = next(0);
    var two = next(0);
    galaxy.append(by(0, galaxy.batch().naming(one)));
    assertThat(taken(one, two)).containsExactly(two);
  }

  @Test
  void aRunNeedNotComeFromOneProposal() {
    var one = next(0);
    var two = next(0);
    var three = next(0);
    assertThat(
            galaxy
                .block(
                    by(0, galaxy.batch().naming(three)),
                    by(1, galaxy.batch().naming(one, two)),
                    by(2, galaxy.batch().naming(two, one)))
                .content()
                .checkpoints())
        .containsExactly(one, two, three);
  }

  @Test
  void aCheckpointThatExtendsAnotherEndsTheRun() {
    var one = next(0);
    var astray = galaxy.hold(galaxy.checkpoint(0, 2, Hash.ZERO));
    assertThat(taken(one, astray)).containsExactly(one);
  }

  @Test
  void ofTwoCertifiedCheckpointsOfOneRoundNeitherIsTaken() {
    var one = next(0);
    var two = next(0);
    var other =
        galaxy.hold(
            galaxy.checkpoint(
                0, 2, one.header().hash(), galaxy.star(0).say(pay(galaxy.star(1), 1, 10))));
    assertThat(taken(one, two, other)).containsExactly(one);
  }

  @Test
  void clustersTakeTurnsAndThePreviousHashSaysWhichBegins() {
    var runs = new ArrayList<List<CertifiedCheckpoint>>();
    for (var cluster = 0; cluster < GalaxyScene.CLUSTERS; cluster++) {
      runs.add(List.of(next(cluster), next(cluster)));
    }
    var named = runs.stream().flatMap(List::stream).toArray(CertifiedCheckpoint[]::new);

    // Blocks without checkpoints, until each cluster has begun once.
    var begun = new boolean[GalaxyScene.CLUSTERS];
    for (var block = 0; block < 30; block++) {
      var previous = new BigInteger(1, galaxy.rules().tip().hash().toBytes());
      var first = previous.mod(BigInteger.valueOf(GalaxyScene.CLUSTERS)).intValue();
      var turns =
          IntStream.range(0, 2)
              .boxed()
              .flatMap(
                  place ->
                      IntStream.range(0, GalaxyScene.CLUSTERS)
                          .mapToObj(
                              turn -> runs.get((first + turn) % GalaxyScene.CLUSTERS).get(place)))
              .toList();
      assertThat(taken(named)).isEqualTo(turns);
      begun[first] = true;
      galaxy.append(by(0, galaxy.batch()));
    }
    assertThat(begun).containsOnly(true);
  }

  @Test
  void onlyClustersWithSomethingToTakeAreCounted() {
    var zero = next(0);
    var two = next(2);
    var previous = new BigInteger(1, galaxy.rules().tip().hash().toBytes());
    var isEven = !previous.testBit(0);
    assertThat(taken(zero, two))
        .containsExactlyElementsOf(isEven ? List.of(zero, two) : List.of(two, zero));
  }

  private Evidence.Fork fork(int star, long amount) {
    var forger = galaxy.network().star(star);
    forger.goBackTo(0, Hash.ZERO);
    Segment one = forger.say(pay(galaxy.star(1), amount, 10));
    forger.goBackTo(0, Hash.ZERO);
    return new Evidence.Fork(one, forger.say(pay(galaxy.star(1), amount + 1, 10)));
  }

  @Test
  void evidenceStandsInTheOrderOfItsProposersTurns() {
    var a = fork(0, 1);
    var b = fork(3, 1);
    var c = fork(4, 1);
    assertThat(
            galaxy
                .block(
                    by(0, galaxy.batch().accusing(a, b)),
                    by(1, galaxy.batch().accusing(c)),
                    by(2, galaxy.batch().accusing(b)))
                .content()
                .evidence())
        .as("round 1 begins with member 1")
        .containsExactly(c, b, a);
  }
}
