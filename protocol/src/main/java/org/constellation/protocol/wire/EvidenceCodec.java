package org.constellation.protocol.wire;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.CertifiedHead;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.wire.proto.BlockMessages;

/** Evidence. */
public final class EvidenceCodec {

  /** Two segments and what frames them; the longest galaxy headers exceed it and convict nobody. */
  static final int BYTES_MAX = 2 * Segment.BYTES_MAX + 64;

  private static final MessageFormat<BlockMessages.Evidence> EVIDENCE =
      MessageFormat.of(
          BlockMessages.Evidence.parser(), BlockMessages.Evidence.getDescriptor(), BYTES_MAX);

  private EvidenceCodec() {}

  /** The one encoding of {@code evidence}. */
  public static Bytes encode(Evidence evidence) {
    return EVIDENCE.encode(write(evidence));
  }

  /** Reads evidence; whether it convicts anybody is yet to be judged. */
  public static Decoded<Evidence> decode(Bytes bytes) {
    return EVIDENCE.decode(bytes, EvidenceCodec::read);
  }

  static BlockMessages.Evidence write(Evidence evidence) {
    var message = BlockMessages.Evidence.newBuilder();
    return switch (evidence) {
      case Evidence.Fork(var first, var second) ->
          message
              .setFork(
                  BlockMessages.Fork.newBuilder()
                      .setFirst(ChainCodec.write(first))
                      .setSecond(ChainCodec.write(second)))
              .build();
      case Evidence.DoubleVote(var first, var second) ->
          message
              .setDoubleVote(
                  BlockMessages.DoubleVote.newBuilder()
                      .setFirst(EnvelopeCodec.write(first))
                      .setSecond(EnvelopeCodec.write(second)))
              .build();
      case Evidence.TwoHeaders(var first, var second) ->
          message
              .setTwoHeaders(
                  BlockMessages.TwoHeaders.newBuilder()
                      .setFirst(write(first))
                      .setSecond(write(second)))
              .build();
    };
  }

  static Evidence read(BlockMessages.Evidence message) {
    return switch (message.getKindCase()) {
      case FORK ->
          new Evidence.Fork(
              ChainCodec.read(message.getFork().getFirst()),
              ChainCodec.read(message.getFork().getSecond()));
      case DOUBLE_VOTE ->
          new Evidence.DoubleVote(
              EnvelopeCodec.read(message.getDoubleVote().getFirst()),
              EnvelopeCodec.read(message.getDoubleVote().getSecond()));
      case TWO_HEADERS ->
          new Evidence.TwoHeaders(
              read(message.getTwoHeaders().getFirst()), read(message.getTwoHeaders().getSecond()));
      case KIND_NOT_SET -> throw Fields.missing("kind");
    };
  }

  private static BlockMessages.CertifiedHead write(CertifiedHead head) {
    var message =
        BlockMessages.CertifiedHead.newBuilder()
            .setCertificate(CertificateCodec.write(head.certificate()));
    return switch (head) {
      case CertifiedHead.OfCheckpoint(var header, _) ->
          message.setCheckpoint(Fields.of(header.bytes())).build();
      case CertifiedHead.OfGalaxyBlock(var header, _) ->
          message.setGalaxyBlock(Fields.of(header.bytes())).build();
    };
  }

  private static CertifiedHead read(BlockMessages.CertifiedHead message) {
    Fields.require(message.hasCertificate(), "certificate");
    var certificate = CertificateCodec.read(message.getCertificate());
    return switch (message.getHeaderCase()) {
      case CHECKPOINT ->
          new CertifiedHead.OfCheckpoint(
              CheckpointCodec.readHeader(Fields.bytes(message.getCheckpoint())), certificate);
      case GALAXY_BLOCK ->
          new CertifiedHead.OfGalaxyBlock(
              GalaxyCodec.readHeader(Fields.bytes(message.getGalaxyBlock())), certificate);
      case HEADER_NOT_SET -> throw Fields.missing("header");
    };
  }
}
