package org.constellation.consensus.galaxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.constellation.consensus.galaxy.GalaxyScene.by;

import java.util.List;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.crypto.SigningKey;
import org.constellation.protocol.envelope.Committee;
import org.junit.jupiter.api.Test;

/** A member that contradicted itself stays accused until it is convicted, whatever others do. */
class GalaxyAccusationTest {

  private final GalaxyScene galaxy = new GalaxyScene();
  private final SigningKey culprit = galaxy.network().galaxyKeys().get(3);
  private final Evidence genuine = galaxy.doubleVote(culprit, Committee.GALAXY, 0);

  private List<Evidence> accused() {
    return galaxy.proposed().evidence();
  }

  private boolean isConvicted() {
    return galaxy.rules().state().isConvicted(Committee.GALAXY, 0, culprit.publicKey());
  }

  @Test
  void aMemberIsAccusedUntilABlockConvictsIt() {
    galaxy.rules().offerEvidence(genuine);
    assertThat(accused()).containsExactly(genuine);
    assertThat(galaxy.rules().hasWork()).isTrue();

    galaxy.append(by(0, galaxy.batch().accusing(genuine)));

    assertThat(isConvicted()).isTrue();
    assertThat(accused()).isEmpty();
    assertThat(galaxy.rules().hasWork()).isFalse();
    galaxy.rules().offerEvidence(genuine);
    assertThat(accused()).isEmpty();
  }

  /** What the culprit itself may send ahead: two votes where it has none, or of another era. */
  private List<Evidence> useless() {
    return List.of(
        galaxy.doubleVote(culprit, Committee.ofCluster(1), 0),
        galaxy.doubleVote(culprit, Committee.GALAXY, 5));
  }

  @Test
  void uselessEvidenceBesideItSuppressesNothing() {
    galaxy.rules().offerEvidence(genuine);
    for (var piece : useless()) {
      galaxy.append(by(3, galaxy.batch().accusing(piece)));
      assertThat(isConvicted()).isFalse();
      assertThat(accused()).containsExactly(genuine);
    }
  }

  @Test
  void uselessEvidenceBeforeItSuppressesNothing() {
    for (var piece : useless()) {
      galaxy.append(by(3, galaxy.batch().accusing(piece)));
    }
    galaxy.rules().offerEvidence(genuine);
    assertThat(accused()).containsExactly(genuine);
  }

  @Test
  void evidenceWithoutEffectIsNotProposedForEver() {
    var tooLate = galaxy.doubleVote(culprit, Committee.GALAXY, 5);
    galaxy.rules().offerEvidence(tooLate);
    galaxy.append(by(0, galaxy.batch().accusing(tooLate)));
    assertThat(accused()).isEmpty();
    assertThat(galaxy.rules().hasWork()).isFalse();
  }
}
