package org.constellation.platform.follow;

import java.util.List;
import java.util.Optional;
import org.constellation.protocol.wire.GoldenFiles;
import org.constellation.protocol.wire.HostileBytes;
import org.constellation.protocol.wire.Samples;
import org.constellation.protocol.wire.WireType;
import org.junit.jupiter.api.Nested;

/** What is said about galaxy blocks on the sync topic, as bytes. */
class LedgerMessageWireTest {

  private static final List<WireType<?>> TYPES =
      List.of(
          WireType.withoutReasons(
              "ledger-message",
              LedgerMessageWireTest::message,
              LedgerMessage::encode,
              LedgerMessage::decode),
          WireType.withoutReasons(
              "ledger-end",
              LedgerMessageWireTest::end,
              LedgerMessage::encode,
              LedgerMessage::decode));

  private static LedgerMessage message(Samples samples) {
    return switch (samples.below(3)) {
      case 0 ->
          new LedgerMessage.Pull(
              1 + samples.natural() / 2, 1 + samples.below(LedgerMessage.PULL_BLOCKS_MAX));
      case 1 -> new LedgerMessage.Chunk(samples.blockChunk());
      default -> new LedgerMessage.Stored(samples.natural());
    };
  }

  private static LedgerMessage end(Samples samples) {
    return switch (samples.below(3)) {
      case 0 -> new LedgerMessage.EndQuestion();
      case 1 -> new LedgerMessage.EndAnswer(samples.key(), GalaxyEnd.NO_BLOCK);
      default ->
          new LedgerMessage.EndAnswer(
              samples.key(), new GalaxyEnd(Optional.of(samples.certifiedHeader())));
    };
  }

  @Nested
  class Golden extends GoldenFiles {
    static List<WireType<?>> types() {
      return TYPES;
    }
  }

  @Nested
  class Hostile extends HostileBytes {
    static List<WireType<?>> types() {
      return TYPES;
    }
  }
}
