package org.constellation.protocol.wire;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.state.LedgerState;

/**
 * A type that travels, with what every type must be able to do.
 *
 * @param name of the type and of its golden file
 */
public record WireType<T>(
    String name,
    Function<Samples, T> sample,
    Function<T, Bytes> encoder,
    Function<Bytes, Decoded<T>> decoder) {

  /** A type whose decoder does not say why it refuses something. */
  public static <T> WireType<T> withoutReasons(
      String name,
      Function<Samples, T> sample,
      Function<T, Bytes> encoder,
      Function<Bytes, Optional<T>> decoder) {
    return new WireType<>(
        name,
        sample,
        encoder,
        bytes ->
            decoder
                .apply(bytes)
                .<Decoded<T>>map(Decoded.Valid::new)
                .orElseGet(() -> new Decoded.Malformed<>(Decoded.Reason.INCONSISTENT, "refused")));
  }

  static List<WireType<?>> all() {
    return List.of(
        new WireType<>(
            "half-block", Samples::halfBlock, HalfBlock::bytes, ChainCodec::decodeHalfBlock),
        new WireType<>("segment", Samples::segment, ChainCodec::encode, ChainCodec::decodeSegment),
        new WireType<>("notice", Samples::notice, NoticeCodec::encode, NoticeCodec::decode),
        new WireType<>("envelope", Samples::envelope, EnvelopeCodec::encode, EnvelopeCodec::open),
        new WireType<>(
            "signed-message",
            Samples::signedMessage,
            EnvelopeCodec::encode,
            EnvelopeCodec::decodeMessage),
        new WireType<>("vote", Samples::vote, VoteCodec::encode, VoteCodec::decode),
        new WireType<>("evidence", Samples::evidence, EvidenceCodec::encode, EvidenceCodec::decode),
        new WireType<>(
            "two-headers", Samples::twoHeaders, EvidenceCodec::encode, EvidenceCodec::decode),
        new WireType<>(
            "certificate",
            Samples::certificate,
            CertificateCodec::encode,
            CertificateCodec::decode),
        new WireType<>("receipt", Samples::receipt, ReceiptCodec::encode, ReceiptCodec::decode),
        new WireType<>(
            "checkpoint-header",
            samples -> samples.checkpointHeader(samples.checkpointBody()),
            CheckpointHeader::bytes,
            CheckpointCodec::decodeHeader),
        new WireType<>(
            "checkpoint-body",
            Samples::checkpointBody,
            CheckpointCodec::encode,
            CheckpointCodec::decodeBody),
        new WireType<CertifiedCheckpoint>(
            "certified-checkpoint",
            Samples::certifiedCheckpoint,
            CheckpointCodec::encode,
            CheckpointCodec::decode),
        new WireType<>(
            "galaxy-header", Samples::galaxyHeader, GalaxyHeader::bytes, GalaxyCodec::decodeHeader),
        new WireType<>(
            "galaxy-block", Samples::galaxyBlock, GalaxyCodec::encode, GalaxyCodec::decode),
        new WireType<>(
            "block-chunk", Samples::blockChunk, BlockChunks::encode, BlockChunks::decode),
        new WireType<>("genesis", Samples::genesis, Genesis::bytes, GenesisCodec::decode),
        new WireType<>(
            "genesis-with-brokers",
            Samples::genesisWithBrokers,
            Genesis::bytes,
            GenesisCodec::decode),
        new WireType<>(
            "transaction-proof",
            Samples::transactionProof,
            ProofCodec::encode,
            ProofCodec::decodeTransactionProof),
        new WireType<>(
            "balance-proof",
            Samples::balanceProof,
            ProofCodec::encode,
            ProofCodec::decodeBalanceProof),
        new WireType<>(
            "exclusion-proof",
            Samples::exclusionProof,
            ProofCodec::encode,
            ProofCodec::decodeExclusionProof),
        new WireType<>(
            "evidence-proof",
            Samples::evidenceProof,
            ProofCodec::encode,
            ProofCodec::decodeEvidenceProof),
        new WireType<>(
            "snapshot-head",
            Samples::snapshotHead,
            SnapshotCodec::encode,
            SnapshotCodec::decodeHead),
        new WireType<List<LedgerState.Entry>>(
            "snapshot-part",
            Samples::snapshotPart,
            SnapshotCodec::encode,
            SnapshotCodec::decodePart));
  }

  public Bytes encodedSample(long seed) {
    return encoder.apply(sample.apply(new Samples(seed)));
  }

  /** Whether these bytes are refused; fails if they are read as what they are not. */
  public boolean refuses(Bytes bytes) {
    return switch (decoder.apply(bytes)) {
      case Decoded.Valid<T>(var value) -> {
        if (!encoder.apply(value).equals(bytes)) {
          throw new AssertionError(name + " has two encodings");
        }
        yield false;
      }
      case Decoded.Malformed<T> _ -> true;
    };
  }

  @Override
  public String toString() {
    return name;
  }
}
