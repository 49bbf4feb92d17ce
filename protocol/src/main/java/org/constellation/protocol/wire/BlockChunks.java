package org.constellation.protocol.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.wire.proto.BlockMessages;

/** Chunks of blocks: cutting and encoding them. {@link BlockAssembly} puts them together again. */
public final class BlockChunks {

  private static final int FRAME_BYTES = 128;

  private static final MessageFormat<BlockMessages.BlockChunk> CHUNK =
      MessageFormat.of(
          BlockMessages.BlockChunk.parser(),
          BlockMessages.BlockChunk.getDescriptor(),
          BlockChunk.BYTES_MAX + FRAME_BYTES);

  private BlockChunks() {}

  /**
   * Cuts an encoded block.
   *
   * @param number the galaxy's height or the cluster's round
   * @param block hash of the block's header
   * @throws IllegalArgumentException if it is empty or has more than {@link BlockChunk#TOTAL_MAX}
   *     chunks
   */
  public static List<BlockChunk> cut(long number, Hash block, Bytes encoded) {
    var array = encoded.toArray();
    var total = Math.ceilDiv(array.length, BlockChunk.BYTES_MAX);
    var chunks = new ArrayList<BlockChunk>();
    for (var index = 0; index < Math.max(1, total); index++) {
      var from = index * BlockChunk.BYTES_MAX;
      var to = Math.min(array.length, from + BlockChunk.BYTES_MAX);
      var bytes = Bytes.copyOf(Arrays.copyOfRange(array, from, to));
      chunks.add(new BlockChunk(number, block, index, total, bytes));
    }
    return List.copyOf(chunks);
  }

  /** The one encoding of {@code chunk}. */
  public static Bytes encode(BlockChunk chunk) {
    return CHUNK.encode(
        BlockMessages.BlockChunk.newBuilder()
            .setNumber(chunk.number())
            .setBlock(Fields.of(chunk.block()))
            .setIndex(chunk.index())
            .setTotal(chunk.total())
            .setBytes(Fields.of(chunk.bytes()))
            .build());
  }

  /** Reads a chunk. */
  public static Decoded<BlockChunk> decode(Bytes bytes) {
    return CHUNK.decode(
        bytes,
        message ->
            new BlockChunk(
                Fields.natural(message.getNumber(), "number"),
                Fields.hash(message.getBlock(), "block"),
                Fields.natural(message.getIndex(), "index"),
                Fields.natural(message.getTotal(), "total"),
                Fields.bytes(message.getBytes())));
  }
}
