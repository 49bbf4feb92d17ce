package org.constellation.protocol.wire;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CertifiedCheckpoint;
import org.constellation.protocol.block.CheckpointBody;
import org.constellation.protocol.block.CheckpointHeader;
import org.constellation.protocol.block.MemberRecord;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.merkle.MerkleTree;
import org.constellation.protocol.wire.proto.BlockMessages;

/** A cluster's blocks. */
public final class CheckpointCodec {

  /** Segments, evidence at its largest, and what frames them. */
  private static final int BODY_BYTES_MAX =
      CheckpointBody.BYTES_MAX + CheckpointBody.EVIDENCE_BYTES_MAX + 64 * 1024;

  private static final MessageFormat<BlockMessages.CheckpointHeader> HEADER =
      MessageFormat.of(
          BlockMessages.CheckpointHeader.parser(),
          BlockMessages.CheckpointHeader.getDescriptor(),
          CheckpointHeader.BYTES_MAX);
  private static final MessageFormat<BlockMessages.CheckpointBody> BODY =
      MessageFormat.of(
          BlockMessages.CheckpointBody.parser(),
          BlockMessages.CheckpointBody.getDescriptor(),
          BODY_BYTES_MAX);
  private static final MessageFormat<BlockMessages.CertifiedCheckpoint> CERTIFIED =
      MessageFormat.of(
          BlockMessages.CertifiedCheckpoint.parser(),
          BlockMessages.CertifiedCheckpoint.getDescriptor(),
          BODY_BYTES_MAX + 64 * 1024);

  private CheckpointCodec() {}

  /**
   * Makes a header over {@code body}: computes its roots and count, encodes it and names it.
   *
   * @throws IllegalArgumentException if it breaks a limit
   */
  public static CheckpointHeader header(
      Hash network,
      int cluster,
      long era,
      long round,
      Hash previous,
      long galaxyHeight,
      CheckpointBody body,
      List<MemberRecord> execution,
      long timeMillis) {
    var message =
        BlockMessages.CheckpointHeader.newBuilder()
            .setNetwork(Fields.of(network))
            .setCluster(cluster)
            .setEra(era)
            .setRound(round)
            .setPrevious(Fields.of(previous))
            .setGalaxyHeight(galaxyHeight)
            .setHalfBlockRoot(Fields.of(halfBlockRoot(body)))
            .setBodyDigest(Fields.of(bodyDigest(body)))
            .setCount(count(body))
            .setTime(timeMillis);
    execution.forEach(member -> message.addExecution(HeaderParts.write(member)));
    var built = message.build();
    return readHeader(built, HEADER.encode(built));
  }

  /** Reads the exact bytes of a header. */
  public static Decoded<CheckpointHeader> decodeHeader(Bytes bytes) {
    return HEADER.decode(bytes, message -> readHeader(message, bytes));
  }

  /** The one encoding of {@code body}. */
  public static Bytes encode(CheckpointBody body) {
    return BODY.encode(write(body));
  }

  /** Reads a body. */
  public static Decoded<CheckpointBody> decodeBody(Bytes bytes) {
    return BODY.decode(bytes, CheckpointCodec::read);
  }

  /** The one encoding of {@code checkpoint}. */
  public static Bytes encode(CertifiedCheckpoint checkpoint) {
    return CERTIFIED.encode(write(checkpoint));
  }

  /**
   * Reads a checkpoint whose header fits its body; certificate and signatures are yet to be
   * checked.
   */
  public static Decoded<CertifiedCheckpoint> decode(Bytes bytes) {
    return CERTIFIED.decode(bytes, CheckpointCodec::read);
  }

  /** Merkle root over the ids of the half-blocks in block order. */
  public static Hash halfBlockRoot(CheckpointBody body) {
    return MerkleTree.ofHashes(
            body.segments().stream()
                .flatMap(segment -> segment.halfBlocks().stream())
                .map(HalfBlock::id)
                .toList())
        .root();
  }

  /** Covers every byte of the body, signatures and evidence with it. */
  public static Hash bodyDigest(CheckpointBody body) {
    return Hashing.tagged("CSTL-V1-BODY")
        .hash(MerkleTree.ofHashes(body.segments().stream().map(Segment::reference).toList()).root())
        .hash(GalaxyCodec.evidenceRoot(body.evidence()))
        .finish();
  }

  private static int count(CheckpointBody body) {
    return body.segments().stream().mapToInt(segment -> segment.halfBlocks().size()).sum();
  }

  static BlockMessages.CertifiedCheckpoint write(CertifiedCheckpoint checkpoint) {
    return BlockMessages.CertifiedCheckpoint.newBuilder()
        .setHeader(Fields.of(checkpoint.header().bytes()))
        .setCertificate(CertificateCodec.write(checkpoint.certificate()))
        .setBody(write(checkpoint.body()))
        .build();
  }

  static CertifiedCheckpoint read(BlockMessages.CertifiedCheckpoint message) {
    Fields.require(message.hasCertificate(), "certificate");
    Fields.require(message.hasBody(), "body");
    var headerBytes = Fields.bytes(message.getHeader());
    var header = readHeader(headerBytes);
    var body = read(message.getBody());
    if (header.count() != count(body)
        || !header.halfBlockRoot().equals(halfBlockRoot(body))
        || !header.bodyDigest().equals(bodyDigest(body))) {
      throw new IllegalArgumentException("the header is not this body's");
    }
    return new CertifiedCheckpoint(header, CertificateCodec.read(message.getCertificate()), body);
  }

  private static BlockMessages.CheckpointBody write(CheckpointBody body) {
    var message = BlockMessages.CheckpointBody.newBuilder();
    for (var segment : body.segments()) {
      message.addSegments(ChainCodec.write(segment));
    }
    for (var evidence : body.evidence()) {
      message.addEvidence(EvidenceCodec.write(evidence));
    }
    return message.build();
  }

  private static CheckpointBody read(BlockMessages.CheckpointBody message) {
    Fields.atMost(CheckpointBody.HALF_BLOCKS_MAX, message.getSegmentsCount(), "segments");
    Fields.atMost(CheckpointBody.EVIDENCE_MAX, message.getEvidenceCount(), "pieces of evidence");
    Fields.bytesAtMost(CheckpointBody.BYTES_MAX, message.getSegmentsList(), "segments");
    Fields.bytesAtMost(CheckpointBody.EVIDENCE_BYTES_MAX, message.getEvidenceList(), "evidence");
    return new CheckpointBody(
        message.getSegmentsList().stream().map(ChainCodec::read).toList(),
        message.getEvidenceList().stream().map(EvidenceCodec::read).toList());
  }

  static CheckpointHeader readHeader(Bytes bytes) {
    return readHeader(HEADER.parse(bytes), bytes);
  }

  private static CheckpointHeader readHeader(BlockMessages.CheckpointHeader message, Bytes bytes) {
    return new CheckpointHeader(
        Fields.hash(message.getNetwork(), "network"),
        Fields.natural(message.getCluster(), "cluster"),
        Fields.natural(message.getEra(), "era"),
        Fields.natural(message.getRound(), "round"),
        Fields.hash(message.getPrevious(), "previous"),
        Fields.natural(message.getGalaxyHeight(), "galaxy height"),
        Fields.hash(message.getHalfBlockRoot(), "half-block root"),
        Fields.hash(message.getBodyDigest(), "body digest"),
        Fields.natural(message.getCount(), "count"),
        message.getExecutionList().stream().map(HeaderParts::read).toList(),
        Fields.natural(message.getTime(), "time"),
        bytes,
        CheckpointHeader.hashOf(bytes.toArray()));
  }
}
