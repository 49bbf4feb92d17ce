package org.constellation.protocol.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.testkit.TestNetwork;
import org.constellation.protocol.wire.ProofCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceProofTest {

  private static final ConvictingBlock BLOCK = new ConvictingBlock();

  static Stream<EvidenceProof> proofs() {
    return Stream.of(BLOCK.ofFork(), BLOCK.ofDoubleVote(), BLOCK.ofTwoHeaders());
  }

  private static EvidenceProof.Verdict verdict(Bytes bytes) {
    return ProofCodec.checkEvidence(BLOCK.genesis(), bytes, ConvictingBlock.ED25519);
  }

  private static void proves(EvidenceProof proof, Outcome offence, StarId star) {
    assertThat(verdict(ProofCodec.encode(proof)))
        .isInstanceOfSatisfying(
            EvidenceProof.Proven.class,
            proven -> {
              assertThat(proven.offence()).isEqualTo(offence);
              assertThat(proven.culprit()).isEqualTo(proof.culprit());
              assertThat(proven.star()).isEqualTo(star);
              assertThat(proven.height()).isEqualTo(1);
              assertThat(proven.block()).isEqualTo(BLOCK.block().header().hash());
            });
  }

  @Test
  void provesEachOffenceAndWhoIsToBlame() {
    proves(BLOCK.ofFork(), Outcome.FORK, BLOCK.forker());
    proves(BLOCK.ofDoubleVote(), Outcome.DOUBLE_VOTE, TestNetwork.walletOf(BLOCK.voter()));
    proves(
        BLOCK.ofTwoHeaders(),
        Outcome.TWO_HEADERS,
        TestNetwork.walletOf(BLOCK.facilitator(ConvictingBlock.SIGNER)));
  }

  @ParameterizedTest
  @MethodSource("proofs")
  void isRefutedWhateverBitIsAltered(EvidenceProof proof) {
    var bytes = ProofCodec.encode(proof).toArray();
    for (var bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      var altered = bytes.clone();
      altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(verdict(Bytes.copyOf(altered))).as("bit %d", bit).isInstanceOf(Refuted.class);
    }
  }

  @Test
  void thereIsNoneAgainstWhoeverTheBlockDoesNotConvict() {
    var headers = BLOCK.ofTwoHeaders().evidence();
    assertThat(EvidenceProof.of(BLOCK.facilitator(0), headers, BLOCK.block())).isEmpty();
    assertThat(EvidenceProof.of(BLOCK.voter(), headers, BLOCK.block())).isEmpty();
  }

  /** The receipt is true, but what is shown for it is another contradiction, or none. */
  @Test
  void isRefutedWithOtherStatements() {
    var proof = BLOCK.ofFork();
    var fork = BLOCK.forkEvidence();
    var same = new Evidence.Fork(fork.second(), fork.second());
    var alone = new EvidenceProof(proof.culprit(), same, proof.path(), proof.block());
    var foreign = new EvidenceProof(BLOCK.voter(), proof.evidence(), proof.path(), proof.block());

    for (var claimed : new EvidenceProof[] {alone, foreign}) {
      assertThat(verdict(ProofCodec.encode(claimed)))
          .isInstanceOfSatisfying(
              Refuted.class,
              refuted -> assertThat(refuted.reason()).isEqualTo(Refuted.Reason.NO_OFFENCE));
    }
  }

  @Test
  void isRefutedInAnotherNetwork() {
    var bytes = ProofCodec.encode(BLOCK.ofDoubleVote());
    var elsewhere = new SettledBlock(1).genesis();

    assertThat(ProofCodec.checkEvidence(elsewhere, bytes, ConvictingBlock.ED25519))
        .isInstanceOfSatisfying(
            Refuted.class,
            refuted -> assertThat(refuted.reason()).isEqualTo(Refuted.Reason.OTHER_NETWORK));
  }

  @Test
  void isOfThisSize() {
    for (var proof : proofs().toList()) {
      System.out.printf(
          "proof of evidence (%s): %d bytes%n",
          proof.evidence().getClass().getSimpleName(), ProofCodec.encode(proof).length());
      assertThat(ProofCodec.encode(proof).length()).isLessThan(3_000);
    }
  }
}
