package org.constellation.consensus.galaxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.consensus.galaxy.GalaxyScene.by;
import static org.constellation.protocol.testkit.TestStar.pay;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.constellation.consensus.layer.Examined;
import org.constellation.consensus.layer.Offered;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.envelope.Committee;
import org.junit.jupiter.api.Test;

/** A cluster that certified two checkpoints at one round. */
class TwoHeadersTest {

  private static final int CLUSTER = 1;

  private final GalaxyScene galaxy = new GalaxyScene();
  private final CertifiedCheckpoint one = galaxy.signedBy(first(1), 0, 1, 2);
  private final CertifiedCheckpoint other = galaxy.signedBy(first(2), 1, 2, 3);

  /** A first checkpoint, a different one for each amount. */
  private CertifiedCheckpoint first(long amount) {
    var star = galaxy.star(CLUSTER);
    star.goBackTo(0, Hash.ZERO);
    var genesis = CheckpointHeader.genesisOf(galaxy.network().genesis().network(), CLUSTER);
    return galaxy.checkpoint(CLUSTER, 1, genesis, star.say(pay(galaxy.star(0), amount, 10)));
  }

  private static CertifiedHead head(CertifiedCheckpoint checkpoint) {
    return new CertifiedHead.OfCheckpoint(checkpoint.header(), checkpoint.certificate());
  }

  private Evidence evidence() {
    return new Evidence.TwoHeaders(head(one), head(other));
  }

  private List<Integer> convicted() {
    var state = galaxy.rules().state();
    var members = state.eraPlan(Committee.ofCluster(CLUSTER)).orElseThrow().members();
    return IntStream.range(0, members.size())
        .filter(
            i ->
                state.isConvicted(Committee.ofCluster(CLUSTER), 0, members.get(i).operationalKey()))
        .boxed()
        .toList();
  }

  @Test
  void neitherIsTakenAndTheCommonSignersAreConvicted() {
    galaxy.hold(one);
    galaxy.hold(other);
    assertThat(galaxy.rules().hasWork()).isTrue();
    var proposed = galaxy.proposed();
    assertThat(proposed.checkpoints()).isEmpty();
    assertThat(proposed.evidence()).containsExactly(evidence());

    var batch = galaxy.batch().naming(one).accusing(evidence());
    var block = galaxy.append(by(0, batch), by(1, galaxy.batch().naming(other)));

    assertThat(block.content().checkpoints()).isEmpty();
    assertThat(convicted()).containsExactly(1, 2);
    assertThat(block.receipts())
        .extracting(Receipt::outcome)
        .containsExactly(Outcome.TWO_HEADERS, Outcome.TWO_HEADERS);
    assertThat(galaxy.proposed().evidence()).isEmpty();
    assertThat(galaxy.rules().concerns())
        .containsExactly("cluster 1 has two certified checkpoints at round 1");
  }

  @Test
  void aSecondFaceThatIsShownAfterTheFirstBecameFinalConvictsToo() {
    galaxy.hold(one);
    galaxy.append(by(0, galaxy.batch().naming(one)));
    assertThat(galaxy.offer(other)).isInstanceOf(Offered.Refused.class);
    assertThat(galaxy.proposed().evidence()).containsExactly(evidence());
    galaxy.append(by(0, galaxy.batch().accusing(evidence())));
    assertThat(convicted()).containsExactly(1, 2);
    assertThat(galaxy.offer(other)).isInstanceOf(Offered.Refused.class);
    assertThat(galaxy.proposed().evidence()).isEmpty();
    assertThat(galaxy.rules().hasWork()).isFalse();
  }

  @Test
  void otherSignaturesUnderOneHeaderAreNoEvidence() {
    galaxy.hold(one);
    galaxy.hold(galaxy.signedBy(one, 0, 2, 3));
    galaxy.append(by(0, galaxy.batch().naming(one)));
    assertThat(galaxy.offer(galaxy.signedBy(one, 1, 2, 3))).isInstanceOf(Offered.class);
    assertThat(galaxy.proposed().evidence()).isEmpty();
  }

  @Test
  void aHeaderWithoutACertificateIsNoEvidence() {
    galaxy.hold(one);
    assertThat(galaxy.offer(galaxy.signedBy(other, 1, 2))).isInstanceOf(Offered.Refused.class);
    galaxy.append(by(0, galaxy.batch().naming(one)));
    assertThat(galaxy.offer(galaxy.signedBy(other, 1, 2))).isInstanceOf(Offered.Refused.class);
    assertThat(galaxy.proposed().evidence()).isEmpty();
  }

  /** What a faulty member may put before the genuine piece: other headers, too few signatures. */
  private Evidence empty(long round) {
    var genesis = CheckpointHeader.genesisOf(galaxy.network().genesis().network(), CLUSTER);
    return new Evidence.TwoHeaders(
        head(galaxy.checkpoint(CLUSTER, round, genesis)),
        head(galaxy.signedBy(galaxy.checkpoint(CLUSTER, round, Hash.ZERO), 1, 2)));
  }

  @Test
  void voidEvidenceTakesNoPlaceAndProtectsNobody() {
    var block =
        galaxy.append(
            by(1, galaxy.batch().accusing(empty(1), empty(2))),
            by(2, galaxy.batch().accusing(evidence())));
    assertThat(block.content().evidence()).containsExactly(evidence());
    assertThat(convicted()).containsExactly(1, 2);
  }

  @Test
  void aPayloadWithManyPiecesIsNone() {
    assertThat(galaxy.examined(galaxy.batch().accusing(empty(1), empty(2))))
        .isInstanceOf(Examined.Valid.class);
    assertThat(galaxy.examined(galaxy.batch().accusing(empty(1), empty(2), empty(3))))
        .isInstanceOf(Examined.Invalid.class);
    var same = new Evidence.TwoHeaders(head(one), head(galaxy.signedBy(one, 1, 2, 3)));
    assertThat(galaxy.examined(galaxy.batch().accusing(same))).isInstanceOf(Examined.Invalid.class);
  }

  @Test
  void aPieceThatConvictsNobodyElseIsLeftOut() {
    var more = new ArrayList<Evidence>();
    for (var round = 2; round < 6; round++) {
      more.add(
          new Evidence.TwoHeaders(
              head(galaxy.checkpoint(CLUSTER, round, Hash.ZERO)),
              head(
                  galaxy.signedBy(
                      galaxy.checkpoint(CLUSTER, round, one.header().hash()), 0, 1, 2, 3))));
    }
    var block =
        galaxy.append(
            by(1, galaxy.batch().accusing(evidence(), more.get(0))),
            by(2, galaxy.batch().accusing(more.get(1), more.get(2))));
    // The first convicts 1 and 2, the second 0; nobody is left for the others.
    assertThat(block.content().evidence()).containsExactly(evidence(), more.get(1));
    assertThat(convicted()).containsExactly(0, 1, 2);
  }
}
