package org.constellation.platform.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.constellation.platform.TestNetwork;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.wire.BlockAssembly;
import org.constellation.protocol.wire.BlockChunk;
import org.constellation.protocol.wire.BlockChunks;
import org.junit.jupiter.api.Test;

class ChunkIntakeTest {

  private static final PublicKey MEMBER = TestNetwork.key(1).publicKey();
  private static final PublicKey KEEPER = TestNetwork.key(2).publicKey();
  private static final Bytes BLOCK = Bytes.copyOf(new byte[BlockChunk.BYTES_MAX + 1]);

  private final ChunkIntake intake = new ChunkIntake(MEMBER::equals);

  @Test
  void keepsWhatMembersAndUsefulKeepersBeganHoweverManyStrangersCome() {
    intake.wasUseful(KEEPER);
    assertThat(add(MEMBER, 0)).isFalse();
    assertThat(add(KEEPER, 0)).isFalse();
    for (var stranger = 100; stranger < 200; stranger++) {
      assertThat(add(TestNetwork.key(stranger).publicKey(), 0)).isFalse();
    }
    assertThat(add(MEMBER, 1)).isTrue();
    assertThat(add(KEEPER, 1)).isTrue();
  }

  @Test
  void letsTheFirstStrangerGiveWay() {
    var strangers = new ArrayList<PublicKey>();
    for (var place = 0; place <= ChunkIntake.STRANGERS_MAX; place++) {
      strangers.add(TestNetwork.key(100 + place).publicKey());
      add(strangers.getLast(), 0);
    }
    assertThat(add(strangers.getFirst(), 1)).isFalse();
    assertThat(add(strangers.getLast(), 1)).isTrue();
  }

  /** Whoever can write to the topic has as many keys as he likes. */
  @Test
  void holdsNoMoreThanItsRoomWhateverComes() {
    var large = Bytes.copyOf(new byte[BlockAssembly.BYTES_MAX]);
    var chunks = BlockChunks.cut(8, Hash.ZERO, large);
    var most = 0L;
    for (var stranger = 0; stranger < 3; stranger++) {
      var key = TestNetwork.key(100 + stranger).publicKey();
      for (var chunk : chunks.subList(0, chunks.size() - 1)) {
        assertThat(intake.add(key, chunk)).isEmpty();
        most = Math.max(most, intake.bytesHeld());
      }
    }
    assertThat(most)
        .isBetween(
            ChunkIntake.OTHERS_BYTES_MAX - BlockChunk.BYTES_MAX, ChunkIntake.OTHERS_BYTES_MAX);
    assertThat(add(MEMBER, 0)).isFalse();
    assertThat(add(MEMBER, 1)).isTrue();
  }

  private boolean add(PublicKey sender, int index) {
    return intake.add(sender, BlockChunks.cut(7, Hash.ZERO, BLOCK).get(index)).isPresent();
  }
}
