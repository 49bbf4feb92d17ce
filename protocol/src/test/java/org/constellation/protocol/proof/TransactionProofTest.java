package org.constellation.protocol.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.wire.ProofCodec;
import org.junit.jupiter.api.Test;

class TransactionProofTest {

  private static final Ed25519 ED25519 = SettledBlock.ED25519;
  private static final SettledBlock BLOCK = new SettledBlock(3);

  @Test
  void provesWhatWasSettled() {
    var bytes = ProofCodec.encode(BLOCK.transactionProof(1));

    var verdict = ProofCodec.checkTransaction(BLOCK.genesis(), bytes, ED25519);

    var offer = BLOCK.proposal(1).first();
    assertThat(verdict)
        .isEqualTo(
            new TransactionProof.Proven(
                offer.id(),
                offer.star(),
                (Body.Proposal) offer.body(),
                1,
                BLOCK.header().hash(),
                BLOCK.header().timeMillis(),
                BLOCK.header().tick()));
  }

  @Test
  void comesOnlyFromTheBlockThatSettled() {
    var elsewhere = new SettledBlock(1).block();

    assertThat(TransactionProof.of(BLOCK.proposal(0), BLOCK.agreement(0), elsewhere)).isEmpty();
  }

  @Test
  void isRefutedWhateverBitIsAltered() {
    var bytes = ProofCodec.encode(BLOCK.transactionProof(1)).toArray();
    for (var bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      var altered = bytes.clone();
      altered[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

      assertThat(ProofCodec.checkTransaction(BLOCK.genesis(), Bytes.copyOf(altered), ED25519))
          .as("bit %d", bit)
          .isInstanceOf(Refuted.class);
    }
  }

  @Test
  void isRefutedInAnotherNetwork() {
    var other = new SettledBlock(2);

    assertThat(reason(BLOCK.transactionProof(0), other)).isEqualTo(Refuted.Reason.OTHER_NETWORK);
  }

  @Test
  void isRefutedWithAnotherTransactionsParts() {
    var first = BLOCK.transactionProof(0);
    var second = BLOCK.transactionProof(1);

    assertThat(
            reason(
                new TransactionProof(
                    first.proposal(), second.agreement(), second.path(), first.block()),
                BLOCK))
        .isEqualTo(Refuted.Reason.OTHER_PROPOSAL);
    assertThat(
            reason(
                new TransactionProof(
                    first.proposal(), first.agreement(), second.path(), first.block()),
                BLOCK))
        .isEqualTo(Refuted.Reason.NOT_IN_RECEIPTS);
    assertThat(
            reason(
                new TransactionProof(
                    first.agreement(), first.proposal(), first.path(), first.block()),
                BLOCK))
        .isEqualTo(Refuted.Reason.NO_TRANSACTION);
  }

  @Test
  void isRefutedWithoutACertificate() {
    var proof = BLOCK.transactionProof(0);
    var header = proof.block().header();
    var thin = new CertifiedHeader(header, BLOCK.certificate(header.hash(), 0, 1));
    var foreign = new CertifiedHeader(header, BLOCK.certificate(Hash.ZERO, 0, 1, 2));

    for (var block : List.of(thin, foreign)) {
      var uncertified =
          new TransactionProof(proof.proposal(), proof.agreement(), proof.path(), block);
      assertThat(reason(uncertified, BLOCK)).isEqualTo(Refuted.Reason.NOT_CERTIFIED);
    }
  }

  @Test
  void isRefutedInAnEraThatTheGenesisDoesNotKnow() {
    var proof = BLOCK.transactionProof(0);
    var later = later(proof.block().header());
    var block = new CertifiedHeader(later, proof.block().certificate());

    assertThat(
            reason(
                new TransactionProof(proof.proposal(), proof.agreement(), proof.path(), block),
                BLOCK))
        .isEqualTo(Refuted.Reason.UNKNOWN_ERA);
  }

  @Test
  void isOfThisSize() {
    var one = ProofCodec.encode(new SettledBlock(1).transactionProof(0)).length();
    var many = ProofCodec.encode(new SettledBlock(1_000).transactionProof(500)).length();

    System.out.printf("a payment's proof: %d bytes alone, %d bytes among 1000%n", one, many);
    assertThat(one).isLessThan(1_200);
    assertThat(many).isLessThan(1_600);
  }

  private static Refuted.Reason reason(TransactionProof proof, SettledBlock network) {
    return ((Refuted) proof.check(network.genesis(), ED25519)).reason();
  }

  private static GalaxyHeader later(GalaxyHeader header) {
    return new GalaxyHeader(
        header.network(),
        header.era() + 1,
        header.height(),
        header.previous(),
        header.contentRoot(),
        header.receiptsRoot(),
        header.stateRoot(),
        header.membership(),
        header.mint(),
        header.eraPlans(),
        header.adoptedTables(),
        header.beacon(),
        header.timeMillis(),
        header.tick(),
        header.stepTimeMillis(),
        header.execution(),
        header.halfBlocks(),
        header.bytes(),
        header.hash());
  }
}
