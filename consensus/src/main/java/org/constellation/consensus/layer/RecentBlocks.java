package org.constellation.consensus.layer;

import java.util.Optional;
import java.util.TreeMap;

/**
 * The newest certified blocks, for members that are behind.
 *
 * @param <B> the layer's block
 */
final class RecentBlocks<B> {

  private final TreeMap<Long, CertifiedBlock<B>> blocks = new TreeMap<>();
  private long bytes;

  void add(CertifiedBlock<B> block) {
    if (blocks.put(block.round(), block) == null) {
      bytes += block.encoded().length();
    }
    while (blocks.size() > 1
        && (blocks.size() > LayerLimits.BLOCKS_KEPT_MAX
            || bytes > LayerLimits.BLOCK_BYTES_KEPT_MAX)) {
      bytes -= blocks.pollFirstEntry().getValue().encoded().length();
    }
  }

  Optional<CertifiedBlock<B>> get(long round) {
    return Optional.ofNullable(blocks.get(round));
  }

  Optional<CertifiedBlock<B>> newest() {
    return blocks.isEmpty() ? Optional.empty() : Optional.of(blocks.lastEntry().getValue());
  }
}
