package org.constellation.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockChunksTest {

  private static final Hash BLOCK = Hash.fromHex("33".repeat(32));

  private static Bytes blockOf(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Bytes.copyOf(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1,
        BlockChunk.BYTES_MAX - 1,
        BlockChunk.BYTES_MAX,
        BlockChunk.BYTES_MAX + 1,
        5 * BlockChunk.BYTES_MAX
      })
  void putsTogetherWhatItCutInAnyOrderAndRepeated(int length) {
    var block = blockOf(length);
    var chunks = new ArrayList<>(BlockChunks.cut(7, BLOCK, block));
    Collections.shuffle(chunks, new Random(length));
    var assembly = new BlockAssembly();

    for (var chunk : chunks.subList(1, chunks.size())) {
      assertThat(assembly.add(chunk)).isEmpty();
      assertThat(assembly.add(chunk)).isEmpty();
    }

    assertThat(assembly.add(chunks.getFirst())).contains(block);
    assertThat(assembly.bytesHeld()).isZero();
  }

  @Test
  void holdsABoundedNumberOfUnfinishedBlocks() {
    var assembly = new BlockAssembly();
    for (var number = 0; number < 1_000; number++) {
      assembly.add(BlockChunks.cut(number, BLOCK, blockOf(BlockChunk.BYTES_MAX + 1)).getFirst());

      assertThat(assembly.bytesHeld())
          .isLessThanOrEqualTo((long) BlockAssembly.OPEN_MAX * BlockChunk.BYTES_MAX);
    }
    assertThat(assembly.dropped()).isEqualTo(1_000 - BlockAssembly.OPEN_MAX);
  }

  @Test
  void holdsABoundedNumberOfBytes() {
    var assembly = new BlockAssembly();
    var full = blockOf(BlockChunk.BYTES_MAX);
    for (var number = 0; number < 3; number++) {
      for (var index = 0; index < BlockChunk.TOTAL_MAX - 1; index++) {
        assembly.add(new BlockChunk(number, BLOCK, index, BlockChunk.TOTAL_MAX, full));

        assertThat(assembly.bytesHeld()).isLessThanOrEqualTo(BlockAssembly.BYTES_MAX);
      }
    }
    assertThat(assembly.dropped()).isEqualTo(2);
  }

  @Test
  void refusesABlockThatIsTooLong() {
    var tooLong = blockOf(BlockChunk.TOTAL_MAX * BlockChunk.BYTES_MAX + 1);

    assertThatThrownBy(() -> BlockChunks.cut(1, BLOCK, tooLong))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAnEmptyBlock() {
    assertThatThrownBy(() -> BlockChunks.cut(1, BLOCK, Bytes.EMPTY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
