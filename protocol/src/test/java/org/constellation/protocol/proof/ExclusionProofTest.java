package org.constellation.protocol.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.ExclusionRecord;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.wire.ProofCodec;
import org.junit.jupiter.api.Test;

class ExclusionProofTest {

  private static final ConvictingBlock BLOCK = new ConvictingBlock();
  private static final StarId CONVICTED = TestNetwork.walletOf(BLOCK.voter());
  private static final StarId INNOCENT = TestNetwork.walletOf(BLOCK.facilitator(0));

  private static ExclusionProof.Verdict verdict(Bytes bytes) {
    return ProofCodec.checkExclusion(BLOCK.genesis(), bytes, ConvictingBlock.ED25519);
  }

  private static Optional<ExclusionRecord> proven(StarId star) {
    return switch (verdict(ProofCodec.encode(BLOCK.exclusionOf(star)))) {
      case ExclusionProof.Proven proven -> proven.exclusion();
      case Refuted refuted -> throw new AssertionError(refuted.toString());
    };
  }

  @Test
  void provesAnExclusionAndThatThereIsNone() {
    assertThat(proven(CONVICTED)).contains(new ExclusionRecord(1, 1, 1));
    assertThat(proven(INNOCENT)).isEmpty();
    assertThat(proven(BLOCK.forker())).as("a fork costs no seat").isEmpty();
  }

  @Test
  void isRefutedWhateverBitIsAltered() {
    var bytes = ProofCodec.encode(BLOCK.exclusionOf(CONVICTED)).toArray();
    for (var bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      assertThat(withBitFlipped(bytes, bit)).as("bit %d", bit).isInstanceOf(Refuted.class);
    }
  }

  /** Absence shown for one star is shown for many at once, so the star may be replaced. */
  @Test
  void neverShowsAnExclusionByAProofOfAbsence() {
    var bytes = ProofCodec.encode(BLOCK.exclusionOf(INNOCENT)).toArray();
    for (var bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      if (withBitFlipped(bytes, bit) instanceof ExclusionProof.Proven proven) {
        assertThat(proven.exclusion()).isEmpty();
        assertThat(proven.star()).isNotEqualTo(CONVICTED);
      }
    }
  }

  private static ExclusionProof.Verdict withBitFlipped(byte[] bytes, int bit) {
    var altered = bytes.clone();
    altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    return verdict(Bytes.copyOf(altered));
  }

  @Test
  void isRefutedForAnotherStar() {
    var proof = BLOCK.exclusionOf(CONVICTED);
    var claimed = new ExclusionProof(INNOCENT, proof.entry(), proof.block());

    assertThat(verdict(ProofCodec.encode(claimed)))
        .isInstanceOfSatisfying(
            Refuted.class,
            refuted -> assertThat(refuted.reason()).isEqualTo(Refuted.Reason.NOT_IN_STATE));
  }

  @Test
  void isOfThisSize() {
    var bytes = ProofCodec.encode(BLOCK.exclusionOf(CONVICTED)).length();
    System.out.printf("an exclusion's proof: %d bytes%n", bytes);
    assertThat(bytes).isLessThan(1_200);
  }
}
