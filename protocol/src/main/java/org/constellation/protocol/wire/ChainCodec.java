package org.constellation.protocol.wire;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.wire.proto.ChainMessages;

/** Half-blocks and segments. */
public final class ChainCodec {

  private static final MessageFormat<ChainMessages.HalfBlock> HALF_BLOCK =
      MessageFormat.of(
          ChainMessages.HalfBlock.parser(),
          ChainMessages.HalfBlock.getDescriptor(),
          HalfBlock.BYTES_MAX);
  private static final MessageFormat<ChainMessages.Segment> SEGMENT =
      MessageFormat.of(
          ChainMessages.Segment.parser(), ChainMessages.Segment.getDescriptor(), Segment.BYTES_MAX);

  private ChainCodec() {}

  /**
   * Makes a half-block: encodes it and names it.
   *
   * @throws IllegalArgumentException if it breaks a limit
   */
  public static HalfBlock halfBlock(
      Hash network, StarId star, long sequence, Hash previous, Body body) {
    var message =
        BodyCodec.write(ChainMessages.HalfBlock.newBuilder(), body)
            .setNetwork(Fields.of(network))
            .setStar(Fields.of(star))
            .setSequence(sequence)
            .setPrevious(Fields.of(previous))
            .build();
    return readHalfBlock(message, HALF_BLOCK.encode(message));
  }

  /** Reads the bytes of one half-block, of which its id is made. */
  public static Decoded<HalfBlock> decodeHalfBlock(Bytes bytes) {
    return HALF_BLOCK.decode(bytes, message -> readHalfBlock(message, bytes));
  }

  /** The one encoding of {@code segment}. */
  public static Bytes encode(Segment segment) {
    return SEGMENT.encode(write(segment));
  }

  /** Reads a segment; its half-blocks link, its signature is yet to be checked. */
  public static Decoded<Segment> decodeSegment(Bytes bytes) {
    return SEGMENT.decode(bytes, ChainCodec::read);
  }

  static ChainMessages.Segment write(Segment segment) {
    var message =
        ChainMessages.Segment.newBuilder()
            .setKey(Fields.of(segment.key()))
            .setSignature(Fields.of(segment.signature()));
    for (var halfBlock : segment.halfBlocks()) {
      message.addHalfBlocks(Fields.of(halfBlock.bytes()));
    }
    return message.build();
  }

  static Segment read(ChainMessages.Segment message) {
    Fields.atMost(Segment.LENGTH_MAX, message.getHalfBlocksCount(), "half-blocks");
    return Segment.of(
        Fields.key(message.getKey(), "key"),
        message.getHalfBlocksList().stream()
            .map(Fields::bytes)
            .map(bytes -> readHalfBlock(HALF_BLOCK.parse(bytes), bytes))
            .toList(),
        Fields.signature(message.getSignature(), "signature"));
  }

  private static HalfBlock readHalfBlock(ChainMessages.HalfBlock message, Bytes bytes) {
    return new HalfBlock(
        Fields.hash(message.getNetwork(), "network"),
        Fields.star(message.getStar(), "star"),
        Fields.natural(message.getSequence(), "sequence"),
        Fields.hash(message.getPrevious(), "previous"),
        BodyCodec.read(message),
        bytes,
        HalfBlock.idOf(bytes.toArray()));
  }
}
