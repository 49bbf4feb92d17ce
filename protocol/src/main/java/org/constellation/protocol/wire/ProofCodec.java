package org.constellation.protocol.wire;

import com.google.protobuf.ByteString;
import java.util.List;
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
import org.constellation.protocol.proof.EvidenceProof;
import org.constellation.protocol.proof.ExclusionProof;
import org.constellation.protocol.proof.Refuted;
import org.constellation.protocol.proof.ShownEntry;
import org.constellation.protocol.proof.TransactionProof;
import org.constellation.protocol.wire.proto.ProofMessages;

/** Proofs. */
public final class ProofCodec {

  /** Header, certificate, and what frames them. */
  static final int BLOCK_BYTES_MAX = GalaxyHeader.BYTES_MAX + 80 * EraPlan.MEMBERS_MAX;

  /** The longest way to a root, and the longest value that an entry next to a short one has. */
  private static final int ENTRY_BYTES_MAX = 128 * 1024;

  private static final MessageFormat<ProofMessages.TransactionProof> TRANSACTION =
      MessageFormat.of(
          ProofMessages.TransactionProof.parser(),
          ProofMessages.TransactionProof.getDescriptor(),
          2 * Segment.BYTES_MAX + BLOCK_BYTES_MAX + 4 * 1024);

  private static final MessageFormat<ProofMessages.BalanceProof> BALANCE =
      MessageFormat.of(
          ProofMessages.BalanceProof.parser(),
          ProofMessages.BalanceProof.getDescriptor(),
          BLOCK_BYTES_MAX + ENTRY_BYTES_MAX);

  private static final MessageFormat<ProofMessages.ExclusionProof> EXCLUSION =
      MessageFormat.of(
          ProofMessages.ExclusionProof.parser(),
          ProofMessages.ExclusionProof.getDescriptor(),
          BLOCK_BYTES_MAX + ENTRY_BYTES_MAX);

  private static final MessageFormat<ProofMessages.EvidenceProof> EVIDENCE =
      MessageFormat.of(
          ProofMessages.EvidenceProof.parser(),
          ProofMessages.EvidenceProof.getDescriptor(),
          EvidenceCodec.BYTES_MAX + BLOCK_BYTES_MAX + 4 * 1024);

  private static final MessageFormat<ProofMessages.CertifiedHeader> HEADER =
      MessageFormat.of(
          ProofMessages.CertifiedHeader.parser(),
          ProofMessages.CertifiedHeader.getDescriptor(),
          BLOCK_BYTES_MAX);

  private ProofCodec() {}

  /** The one encoding of {@code header}. */
  public static Bytes encode(CertifiedHeader header) {
    return HEADER.encode(write(header));
  }

  /** Reads a header whose certificate is yet to be checked. */
  public static Decoded<CertifiedHeader> decodeHeader(Bytes bytes) {
    return HEADER.decode(bytes, ProofCodec::read);
  }

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
            .setOtherKey(Fields.of(proof.entry().otherKey()))
            .setValue(Fields.of(proof.entry().value()))
            .setBlock(write(proof.block()));
    proof.entry().steps().forEach(step -> message.addSteps(write(step)));
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

  /** The one encoding of {@code proof}. */
  public static Bytes encode(ExclusionProof proof) {
    var message =
        ProofMessages.ExclusionProof.newBuilder()
            .setStar(Fields.of(proof.star()))
            .setOtherKey(Fields.of(proof.entry().otherKey()))
            .setValue(Fields.of(proof.entry().value()))
            .setBlock(write(proof.block()));
    proof.entry().steps().forEach(step -> message.addSteps(write(step)));
    return EXCLUSION.encode(message.build());
  }

  /** Reads a proof that is yet to be checked. */
  public static Decoded<ExclusionProof> decodeExclusionProof(Bytes bytes) {
    return EXCLUSION.decode(bytes, ProofCodec::read);
  }

  /** Reads and checks a proof with nothing but the genesis file. */
  public static ExclusionProof.Verdict checkExclusion(
      Genesis genesis, Bytes bytes, SignatureVerifier verifier) {
    return switch (decodeExclusionProof(bytes)) {
      case Decoded.Valid<ExclusionProof>(var proof) -> proof.check(genesis, verifier);
      case Decoded.Malformed<ExclusionProof>(var reason, var detail) ->
          new Refuted(Refuted.Reason.MALFORMED, reason + ": " + detail);
    };
  }

  /** The one encoding of {@code proof}. */
  public static Bytes encode(EvidenceProof proof) {
    return EVIDENCE.encode(
        ProofMessages.EvidenceProof.newBuilder()
            .setCulprit(Fields.of(proof.culprit()))
            .setEvidence(EvidenceCodec.write(proof.evidence()))
            .setPath(write(proof.path()))
            .setBlock(write(proof.block()))
            .build());
  }

  /** Reads a proof that is yet to be checked. */
  public static Decoded<EvidenceProof> decodeEvidenceProof(Bytes bytes) {
    return EVIDENCE.decode(bytes, ProofCodec::read);
  }

  /** Reads and checks a proof with nothing but the genesis file. */
  public static EvidenceProof.Verdict checkEvidence(
      Genesis genesis, Bytes bytes, SignatureVerifier verifier) {
    return switch (decodeEvidenceProof(bytes)) {
      case Decoded.Valid<EvidenceProof>(var proof) ->
          proof.check(
              genesis,
              verifier,
              evidence -> SelfContradiction.isShown(evidence, genesis.network(), verifier));
      case Decoded.Malformed<EvidenceProof>(var reason, var detail) ->
          new Refuted(Refuted.Reason.MALFORMED, reason + ": " + detail);
    };
  }

  private static BalanceProof read(ProofMessages.BalanceProof message) {
    Fields.require(message.hasBlock(), "block");
    return new BalanceProof(
        Fields.star(message.getStar(), "star"),
        Fields.asset(message.getAsset(), "asset"),
        entry(message.getOtherKey(), message.getValue(), message.getStepsList()),
        read(message.getBlock()));
  }

  private static ExclusionProof read(ProofMessages.ExclusionProof message) {
    Fields.require(message.hasBlock(), "block");
    return new ExclusionProof(
        Fields.star(message.getStar(), "star"),
        entry(message.getOtherKey(), message.getValue(), message.getStepsList()),
        read(message.getBlock()));
  }

  private static EvidenceProof read(ProofMessages.EvidenceProof message) {
    Fields.require(message.hasEvidence(), "evidence");
    Fields.require(message.hasPath(), "path");
    Fields.require(message.hasBlock(), "block");
    return new EvidenceProof(
        Fields.key(message.getCulprit(), "culprit"),
        EvidenceCodec.read(message.getEvidence()),
        read(message.getPath()),
        read(message.getBlock()));
  }

  private static ProofMessages.StateStep write(StateProof.Step step) {
    return ProofMessages.StateStep.newBuilder()
        .setBit(step.bit())
        .setSibling(Fields.of(step.sibling()))
        .build();
  }

  private static ShownEntry entry(
      ByteString otherKey, ByteString value, List<ProofMessages.StateStep> steps) {
    Fields.atMost(ShownEntry.STEPS_MAX, steps.size(), "steps");
    return new ShownEntry(
        Fields.bytes(otherKey),
        Fields.bytes(value),
        steps.stream()
            .map(
                step ->
                    new StateProof.Step(
                        Fields.natural(step.getBit(), "bit"),
                        Fields.hash(step.getSibling(), "sibling")))
            .toList());
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
