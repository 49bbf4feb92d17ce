package org.constellation.protocol.wire;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.merkle.MerklePath;
import org.constellation.protocol.merkle.StateProof;
import org.constellation.protocol.proof.BalanceProof;
import org.constellation.protocol.proof.CertifiedHeader;
import org.constellation.protocol.proof.Refuted;
import org.constellation.protocol.proof.TransactionProof;
import org.constellation.protocol.wire.proto.ProofMessages;

/** Proofs. */
public final class ProofCodec {

  /** Header, certificate, and what frames them. */
  static final int BLOCK_BYTES_MAX = GalaxyHeader.BYTES_MAX + 80 * EraPlan.MEMBERS_MAX;

  private static final MessageFormat<ProofMessages.TransactionProof> TRANSACTION =
      MessageFormat.of(
          ProofMessages.TransactionProof.parser(),
          ProofMessages.TransactionProof.getDescriptor(),
          2 * Segment.BYTES_MAX + BLOCK_BYTES_MAX + 4 * 1024);

  private static final MessageFormat<ProofMessages.BalanceProof> BALANCE =
      MessageFormat.of(
          ProofMessages.BalanceProof.parser(),
          ProofMessages.BalanceProof.getDescriptor(),
          BLOCK_BYTES_MAX + 128 * 1024);

  private ProofCodec() {}

  /** The one encoding of {@code proof}. */
  public static Bytes encode(TransactionProof proof) {
    return TRANSACTION.encode(
        ProofMessages.TransactionProof.newBuilder()
            .setProposal(ChainCodec.write(proof.proposal()))
            .setAgreement(ChainCodec.write(proof.agreement()))
            .setPath(write(proof.path()))
            .setBlock(write(proof.block()))
            .build());
  }

  /** Reads a proof that is yet to be checked. */
  public static Decoded<TransactionProof> decodeTransactionProof(Bytes bytes) {
    return TRANSACTION.decode(bytes, ProofCodec::read);
  }

  /** Reads and checks a proof with nothing but the genesis file. */
  public static TransactionProof.Verdict checkTransaction(
      Genesis genesis, Bytes bytes, SignatureVerifier verifier) {
    return switch (decodeTransactionProof(bytes)) {
      case Decoded.Valid<TransactionProof>(var proof) -> proof.check(genesis, verifier);
      case Decoded.Malformed<TransactionProof>(var reason, var detail) ->
          new Refuted(Refuted.Reason.MALFORMED, reason + ": " + detail);
    };
  }

  /** The one encoding of {@code proof}. */
  public static Bytes encode(BalanceProof proof) {
    var message =
        ProofMessages.BalanceProof.newBuilder()
            .setStar(Fields.of(proof.star()))
            .setAsset(Fields.of(proof.asset()))
            .setOtherKey(Fields.of(proof.otherKey()))
            .setValue(Fields.of(proof.value()))
            .setBlock(write(proof.block()));
    for (var step : proof.steps()) {
      message.addSteps(
          ProofMessages.StateStep.newBuilder()
              .setBit(step.bit())
              .setSibling(Fields.of(step.sibling())));
    }
    return BALANCE.encode(message.build());
  }

  /** Reads a proof that is yet to be checked. */
  public static Decoded<BalanceProof> decodeBalanceProof(Bytes bytes) {
    return BALANCE.decode(bytes, ProofCodec::read);
  }

  /** Reads and checks a proof with nothing but the genesis file. */
  public static BalanceProof.Verdict checkBalance(
      Genesis genesis, Bytes bytes, SignatureVerifier verifier) {
    return switch (decodeBalanceProof(bytes)) {
      case Decoded.Valid<BalanceProof>(var proof) -> proof.check(genesis, verifier);
      case Decoded.Malformed<BalanceProof>(var reason, var detail) ->
          new Refuted(Refuted.Reason.MALFORMED, reason + ": " + detail);
    };
  }

  private static BalanceProof read(ProofMessages.BalanceProof message) {
    Fields.require(message.hasBlock(), "block");
    Fields.atMost(BalanceProof.STEPS_MAX, message.getStepsCount(), "steps");
    return new BalanceProof(
        Fields.star(message.getStar(), "star"),
        Fields.asset(message.getAsset(), "asset"),
        Fields.bytes(message.getOtherKey()),
        Fields.bytes(message.getValue()),
        message.getStepsList().stream()
            .map(
                step ->
                    new StateProof.Step(
                        Fields.natural(step.getBit(), "bit"),
                        Fields.hash(step.getSibling(), "sibling")))
            .toList(),
        read(message.getBlock()));
  }

  private static TransactionProof read(ProofMessages.TransactionProof message) {
    Fields.require(message.hasProposal(), "proposal");
    Fields.require(message.hasAgreement(), "agreement");
    Fields.require(message.hasPath(), "path");
    Fields.require(message.hasBlock(), "block");
    return new TransactionProof(
        ChainCodec.read(message.getProposal()),
        ChainCodec.read(message.getAgreement()),
        read(message.getPath()),
        read(message.getBlock()));
  }

  static ProofMessages.CertifiedHeader write(CertifiedHeader block) {
    return ProofMessages.CertifiedHeader.newBuilder()
        .setHeader(Fields.of(block.header().bytes()))
        .setCertificate(CertificateCodec.write(block.certificate()))
        .build();
  }

  static CertifiedHeader read(ProofMessages.CertifiedHeader message) {
    Fields.require(message.hasCertificate(), "certificate");
    return new CertifiedHeader(
        GalaxyCodec.readHeader(Fields.bytes(message.getHeader())),
        CertificateCodec.read(message.getCertificate()));
  }

  private static ProofMessages.MerklePath write(MerklePath path) {
    var message = ProofMessages.MerklePath.newBuilder().setIndex(path.index()).setSize(path.size());
    path.siblings().forEach(sibling -> message.addSiblings(Fields.of(sibling)));
    return message.build();
  }

  private static MerklePath read(ProofMessages.MerklePath message) {
    Fields.atMost(MerklePath.SIBLINGS_MAX, message.getSiblingsCount(), "siblings");
    return new MerklePath(
        Fields.natural(message.getIndex(), "index"),
        Fields.natural(message.getSize(), "size"),
        message.getSiblingsList().stream().map(hash -> Fields.hash(hash, "sibling")).toList());
  }
}
