package org.constellation.galaxyservice.member;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.crypto.Ed25519;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.wire.BlockChunk;
import org.constellation.protocol.wire.BlockChunks;
import org.constellation.protocol.wire.GalaxyCodec;
import org.junit.jupiter.api.Test;

class PublishedBlocksTest {

  private final Map<Long, Hash> own = new HashMap<>();
  private final PublishedBlocks published =
      new PublishedBlocks(
          EmptyBlocks.PLAN, Ed25519.best(), height -> Optional.ofNullable(own.get(height)));

  @Test
  void believesNoHeightThatOnlyTheFaultyName() {
    show(1, EmptyBlocks.block(10, EmptyBlocks.PLAN.quorum()));
    show(2, EmptyBlocks.block(12, EmptyBlocks.PLAN.quorum()));
    assertThat(published.height()).isEqualTo(10);

    var chunk = new BlockChunk(Long.MAX_VALUE, Hash.ZERO, 0, 1, Bytes.copyOf(new byte[1]));
    published.completes(memberKey(3), chunk);
    assertThat(published.height()).isEqualTo(12);
    show(1, EmptyBlocks.block(13, EmptyBlocks.PLAN.quorum()));
    assertThat(published.height()).isEqualTo(13);
  }

  @Test
  void takesABlockForSentOnlyWithItsCertificate() {
    var block = EmptyBlocks.block(5, EmptyBlocks.PLAN.quorum());
    own.put(5L, block.header().hash());
    assertThat(show(1, EmptyBlocks.block(5, EmptyBlocks.PLAN.quorum() - 1))).isFalse();
    assertThat(published.completes(memberKey(1), named(5, block.header().hash()))).isFalse();
    assertThat(show(2, block)).isTrue();
  }

  @Test
  void putsTogetherOnlyWhatItHoldsItself() {
    assertThat(show(1, EmptyBlocks.block(6, EmptyBlocks.PLAN.quorum()))).isFalse();
  }

  /** Whether the last chunk of the block completes it. */
  private boolean show(int member, GalaxyBlock block) {
    var complete = false;
    var header = block.header();
    for (var chunk : BlockChunks.cut(header.height(), header.hash(), GalaxyCodec.encode(block))) {
      complete = published.completes(memberKey(member), chunk);
    }
    return complete;
  }

  private static BlockChunk named(long height, Hash block) {
    return new BlockChunk(height, block, 0, 1, Bytes.copyOf(new byte[] {1, 2, 3}));
  }

  private static PublicKey memberKey(int member) {
    return EmptyBlocks.KEYS.get(member).publicKey();
  }
}
