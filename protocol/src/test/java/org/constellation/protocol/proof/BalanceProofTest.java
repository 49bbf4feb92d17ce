package org.constellation.protocol.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.ProofCodec;
import org.junit.jupiter.api.Test;

class BalanceProofTest {

  private static final Ed25519 ED25519 = SettledBlock.ED25519;
  private static final SettledBlock BLOCK = new SettledBlock(3);
  private static final StarId STRANGER = StarId.of(Hash.fromHex("5a".repeat(32)).toBytes());

  @Test
  void provesBothBalancesOfAPayment() {
    assertThat(proven(BLOCK.balanceProof(BLOCK.star(0), AssetId.NO0S)))
        .isEqualTo(SettledBlock.BALANCE - SettledBlock.AMOUNT);
    assertThat(proven(BLOCK.balanceProof(BLOCK.star(1), AssetId.NO0S)))
        .isEqualTo(SettledBlock.BALANCE + SettledBlock.AMOUNT);
  }

  @Test
  void provesThatThereIsNothing() {
    assertThat(proven(BLOCK.balanceProof(STRANGER, AssetId.NO0S))).isZero();
    assertThat(proven(BLOCK.balanceProof(BLOCK.star(0), new AssetId(BLOCK.header().hash()))))
        .isZero();
  }

  @Test
  void isRefutedWhateverBitIsAltered() {
    isRefutedWhateverBitIsAltered(BLOCK.balanceProof(BLOCK.star(0), AssetId.NO0S));
  }

  /** Absence shown for one star is shown for many at once, so the star may be replaced. */
  @Test
  void neverShowsAnythingButZeroByAProofOfAbsence() {
    var proof = BLOCK.balanceProof(STRANGER, AssetId.NO0S);
    var bytes = ProofCodec.encode(proof).toArray();
    for (var bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      switch (checkedWithBitFlipped(bytes, bit)) {
        case BalanceProof.Proven proven -> assertThat(proven.amount()).isZero();
        case Refuted _ -> {}
      }
    }
  }

  @Test
  void isRefutedForAnotherStar() {
    var proof = BLOCK.balanceProof(BLOCK.star(0), AssetId.NO0S);
    var claimed = new BalanceProof(BLOCK.star(1), proof.asset(), proof.entry(), proof.block());

    assertThat(claimed.check(BLOCK.genesis(), ED25519))
        .isInstanceOfSatisfying(
            Refuted.class,
            refuted -> assertThat(refuted.reason()).isEqualTo(Refuted.Reason.NOT_IN_STATE));
  }

  @Test
  void isOfThisSize() {
    var many = new SettledBlock(1_000);
    var one = ProofCodec.encode(BLOCK.balanceProof(BLOCK.star(0), AssetId.NO0S)).length();
    var among = ProofCodec.encode(many.balanceProof(many.star(0), AssetId.NO0S)).length();

    System.out.printf("a balance's proof: %d bytes, %d bytes among 2000%n", one, among);
    assertThat(among).isLessThan(1_600);
  }

  private static void isRefutedWhateverBitIsAltered(BalanceProof proof) {
    var bytes = ProofCodec.encode(proof).toArray();
    for (var bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      assertThat(checkedWithBitFlipped(bytes, bit)).as("bit %d", bit).isInstanceOf(Refuted.class);
    }
  }

  private static BalanceProof.Verdict checkedWithBitFlipped(byte[] bytes, int bit) {
    var altered = bytes.clone();
    altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    return ProofCodec.checkBalance(BLOCK.genesis(), Bytes.copyOf(altered), ED25519);
  }

  private static long proven(BalanceProof proof) {
    var bytes = ProofCodec.encode(proof);
    return switch (ProofCodec.checkBalance(BLOCK.genesis(), bytes, ED25519)) {
      case BalanceProof.Proven proven -> proven.amount();
      case Refuted refuted -> throw new AssertionError(refuted.toString());
    };
  }
}
