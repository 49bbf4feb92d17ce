package org.constellation.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.junit.jupiter.api.Test;

class BlockAssembliesTest {

  private static final long ROOM = BlockAssembly.BYTES_MAX;
  private static final int SENDERS = 8;

  private final BlockAssemblies assemblies = new BlockAssemblies(ROOM);

  private static PublicKey sender(int number) {
    var bytes = new byte[32];
    bytes[0] = (byte) number;
    return PublicKey.of(bytes);
  }

  private static List<BlockChunk> chunks(long number, long bytes) {
    return BlockChunks.cut(number, Hash.ZERO, Bytes.copyOf(new byte[(int) bytes]));
  }

  @Test
  void putsTogetherWhatIsNoLargerThanAShareWhateverOthersSend() {
    var fair = chunks(1, ROOM / SENDERS);
    for (var chunk : fair.subList(0, fair.size() - 1)) {
      assertThat(assemblies.add(sender(0), chunk)).isEmpty();
    }
    for (var greedy = 1; greedy < SENDERS; greedy++) {
      var large = chunks(2, ROOM);
      for (var chunk : large.subList(0, large.size() - 1)) {
        assertThat(assemblies.add(sender(greedy), chunk)).isEmpty();
        assertThat(assemblies.bytesHeld()).isLessThanOrEqualTo(ROOM);
      }
    }
    assertThat(assemblies.add(sender(0), fair.getLast())).isPresent();
  }

  @Test
  void theLargestBlockFitsIfNobodyElseHoldsAnything() {
    var large = chunks(1, ROOM);
    for (var chunk : large.subList(0, large.size() - 1)) {
      assertThat(assemblies.add(sender(0), chunk)).isEmpty();
    }
    assertThat(assemblies.add(sender(0), large.getLast())).isPresent();
    assertThat(assemblies.bytesHeld()).isZero();
    assertThatThrownBy(() -> new BlockAssemblies(ROOM - 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whoIsForgottenHoldsNothing() {
    var two = chunks(1, 2L * BlockChunk.BYTES_MAX);
    for (var number = 0; number < 3; number++) {
      assertThat(assemblies.add(sender(number), two.getFirst())).isEmpty();
    }
    assemblies.forget(sender(0));
    assemblies.forget(sender(7));
    assertThat(assemblies.senders()).containsExactly(sender(1), sender(2));
    assemblies.retain(sender(2)::equals);
    assertThat(assemblies.bytesHeld()).isEqualTo(BlockChunk.BYTES_MAX);
    assertThat(assemblies.add(sender(0), two.getLast())).isEmpty();
    assertThat(assemblies.add(sender(2), two.getLast())).isPresent();
  }
}
