package org.constellation.consensus.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.consensus.cluster.ClusterScene.by;
import static org.constellation.protocol.testkit.TestStar.pay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.testkit.TestStar;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Law 4 of a HyloChain, on a cluster's blocks: gossip only proposes, what was agreed decides. */
class ClusterGossipTest {

  private static final int ROUNDS = 8;

  private final ClusterScene speaking = new ClusterScene();
  private final List<ClusterScene> listening = List.of(new ClusterScene(), new ClusterScene());

  private Segment payment(int star, int amount) {
    return speaking.star(star).say(pay(speaking.star((star + 1) % 3), amount, 90));
  }

  /** What nobody proposes: another half-block in a place that a segment takes. */
  private Segment contradicting(Segment segment) {
    var twin = new TestStar(speaking.network().genesis().network(), speaking.star(0).key());
    twin.goBackTo(segment.first().sequence() - 1, segment.first().previous());
    return twin.say(pay(speaking.star(2), 7, 90));
  }

  /** All that is agreed, some of it again, and by chance what is not. */
  private static void hear(
      ClusterScene member, List<Segment> agreed, Segment other, Random random) {
    var heard = new ArrayList<>(agreed);
    heard.addAll(agreed.subList(0, random.nextInt(agreed.size())));
    if (random.nextBoolean()) {
      heard.add(other);
    }
    Collections.shuffle(heard, random);
    for (var segment : heard) {
      if (random.nextBoolean()) {
        member.rules().offer(segment);
      }
      member.hold(segment);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void law4TheOrderAndRepetitionOfGossipChangeNothing(long seed) {
    var random = new Random(seed);
    for (var round = 1; round <= ROUNDS; round++) {
      var a1 = payment(0, round);
      var a2 = payment(0, round);
      var b = payment(1, round);
      var c = payment(2, round);
      var other = contradicting(a1);
      var hashes = new ArrayList<Hash>();
      for (var member : listening) {
        hear(member, List.of(a1, a2, b, c), other, random);
        var block =
            member.append(
                by(0, member.batch().naming(a2, b)),
                by(1, member.batch().naming(c, a1)),
                by(3, member.batch().naming(b, a1)));
        assertThat(block.body().segments()).containsExactlyInAnyOrder(a1, a2, b, c);
        hashes.add(member.rules().tip().hash());
      }
      assertThat(hashes).as("round %d", round).containsOnly(hashes.getFirst());
    }
  }
}
