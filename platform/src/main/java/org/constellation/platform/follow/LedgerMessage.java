package org.constellation.platform.follow;

import com.google.protobuf.ByteString;
import java.util.Optional;
import org.constellation.platform.follow.proto.SyncMessages;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.wire.BlockChunk;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.MessageFormat;
import org.constellation.protocol.wire.ProofCodec;
import org.constellation.protocol.wire.SnapshotCodec;

/** What is said about galaxy blocks and snapshots on the blackhole's sync topic. */
public sealed interface LedgerMessage {

  /** Most blocks that one pull asks for; a longer one is no pull. */
  int PULL_BLOCKS_MAX = 64;

  /** Most parts that one pull of a snapshot asks for. */
  int PULL_PARTS_MAX = 32;

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

  /**
   * Asks for parts of a snapshot.
   *
   * @param height of the snapshot, 0 for the newest that the other has
   * @param from the first part, counted from 0
   */
  record SnapshotPull(long height, int from, int count) implements LedgerMessage {

    /**
     * @throws IllegalArgumentException if there is no such range
     */
    public SnapshotPull {
      if (height < 0 || from < 0 || count < 1 || count > PULL_PARTS_MAX) {
        throw new IllegalArgumentException(
            "no pull of %d parts from %d of snapshot %d".formatted(count, from, height));
      }
    }
  }

  /**
   * One part of a snapshot, or the word that the other does not have it.
   *
   * @param parts that the whole snapshot has; 0 if it is not there
   */
  record SnapshotPart(long height, int part, int parts, Bytes content) implements LedgerMessage {

    /**
     * @throws IllegalArgumentException if there is no such part
     */
    public SnapshotPart {
      if (height < 0
          || part < 0
          || part >= Math.max(1, parts)
          || content.length() > SnapshotCodec.PART_BYTES_MAX) {
        throw new IllegalArgumentException("no part %d of %d".formatted(part, parts));
      }
    }

    /** That there is no such snapshot. */
    static SnapshotPart none(long height) {
      return new SnapshotPart(height, 0, 0, Bytes.EMPTY);
    }
  }

  /** Asks a member of the galaxy how far it is. */
  record EndQuestion() implements LedgerMessage {}

  /**
   * How far a member of the galaxy is.
   *
   * @param asker the key that signed the question: who makes one for the question knows that the
   *     answer is younger
   * @param end what the member has
   */
  record EndAnswer(PublicKey asker, GalaxyEnd end) implements LedgerMessage {}

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
            Math.max(BlockChunk.BYTES_MAX, SnapshotCodec.PART_BYTES_MAX) + FRAME_BYTES);

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
        case SnapshotPull(var height, var from, var count) ->
            encoded.setSnapshotPull(
                SyncMessages.SnapshotPull.newBuilder()
                    .setHeight(height)
                    .setFrom(from)
                    .setCount(count));
        case SnapshotPart(var height, var part, var parts, var content) ->
            encoded.setSnapshotPart(
                SyncMessages.SnapshotPart.newBuilder()
                    .setHeight(height)
                    .setPart(part)
                    .setParts(parts)
                    .setContent(ByteString.copyFrom(content.toArray())));
        case EndQuestion() -> encoded.setEndQuestion(SyncMessages.EndQuestion.getDefaultInstance());
        case EndAnswer(var asker, var end) ->
            encoded.setEndAnswer(
                SyncMessages.EndAnswer.newBuilder()
                    .setAsker(ByteString.copyFrom(asker.toBytes()))
                    .setNewest(
                        end.newest()
                            .map(header -> ByteString.copyFrom(ProofCodec.encode(header).toArray()))
                            .orElse(ByteString.EMPTY)));
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
        case SNAPSHOT_PULL -> {
          var pull = message.getSnapshotPull();
          yield Optional.of(new SnapshotPull(pull.getHeight(), pull.getFrom(), pull.getCount()));
        }
        case SNAPSHOT_PART -> {
          var part = message.getSnapshotPart();
          yield Optional.of(
              new SnapshotPart(
                  part.getHeight(),
                  part.getPart(),
                  part.getParts(),
                  Bytes.copyOf(part.getContent().toByteArray())));
        }
        case END_QUESTION -> Optional.of(new EndQuestion());
        case END_ANSWER -> read(message.getEndAnswer());
        case KIND_NOT_SET -> Optional.empty();
      };
    }

    private static Optional<LedgerMessage> read(SyncMessages.EndAnswer message) {
      if (message.getAsker().size() != PublicKey.LENGTH) {
        return Optional.empty();
      }
      var asker = PublicKey.of(message.getAsker().toByteArray());
      if (message.getNewest().isEmpty()) {
        return Optional.of(new EndAnswer(asker, GalaxyEnd.NO_BLOCK));
      }
      return ProofCodec.decodeHeader(Bytes.copyOf(message.getNewest().toByteArray()))
          .toOptional()
          .map(header -> new EndAnswer(asker, new GalaxyEnd(Optional.of(header))));
    }
  }
}
