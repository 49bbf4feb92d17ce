package org.constellation.platform.follow;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.constellation.platform.follow.proto.SyncMessages;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.wire.BlockChunk;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.MessageFormat;

/** What is said about galaxy blocks on the blackhole's sync topic. */
public sealed interface LedgerMessage {

  /** Most blocks that one pull asks for; a longer one is no pull. */
  int PULL_BLOCKS_MAX = 64;

  /** The address of what is for everybody. */
  Bytes TO_ALL = Bytes.EMPTY;

  /** Asks for blocks. */
  record Pull(long from, int count) implements LedgerMessage {

    /**
     * @throws IllegalArgumentException if there is no such range
     */
    public Pull {
      if (from < 1 || count < 1 || count > PULL_BLOCKS_MAX) {
        throw new IllegalArgumentException("no pull of " + count + " from " + from);
      }
    }
  }

  /** Part of an answer. */
  record Chunk(BlockChunk chunk) implements LedgerMessage {}

  /** A keeper's word that it has every block up to a height on its disk. */
  record Stored(long height) implements LedgerMessage {}

  /** Its bytes. */
  default Bytes encode() {
    return Format.encode(this);
  }

  /** What bytes say; empty if they say nothing. */
  static Optional<LedgerMessage> decode(Bytes bytes) {
    return Format.FORMAT.decode(bytes, Format::read).toOptional().flatMap(read -> read);
  }

  /** Between messages and their bytes. */
  final class Format {
    private static final int FRAME_BYTES = 256;

    static final MessageFormat<SyncMessages.LedgerMessage> FORMAT =
        MessageFormat.of(
            SyncMessages.LedgerMessage.parser(),
            SyncMessages.LedgerMessage.getDescriptor(),
            BlockChunk.BYTES_MAX + FRAME_BYTES);

    private Format() {}

    static Bytes encode(LedgerMessage message) {
      var encoded = SyncMessages.LedgerMessage.newBuilder();
      switch (message) {
        case Pull(var from, var count) ->
            encoded.setPull(SyncMessages.BlockPull.newBuilder().setFrom(from).setCount(count));
        case Chunk(var chunk) ->
            encoded.setChunk(ByteString.copyFrom(BlockChunks.encode(chunk).toArray()));
        case Stored(var height) ->
            encoded.setStored(SyncMessages.StoredHeight.newBuilder().setHeight(height));
      }
      return FORMAT.encode(encoded.build());
    }

    static Optional<LedgerMessage> read(SyncMessages.LedgerMessage message) {
      return switch (message.getKindCase()) {
        case PULL ->
            Optional.of(new Pull(message.getPull().getFrom(), message.getPull().getCount()));
        case CHUNK ->
            BlockChunks.decode(Bytes.copyOf(message.getChunk().toByteArray()))
                .toOptional()
                .map(Chunk::new);
        case STORED -> Optional.of(new Stored(message.getStored().getHeight()));
        case KIND_NOT_SET -> Optional.empty();
      };
    }
  }
}
