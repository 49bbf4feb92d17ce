package org.constellation.consensus.layer;

import java.util.Optional;
import java.util.TreeMap;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.crypto.Hash;

/** The newest certified blocks as they travel, for members that are behind. */
final class RecentBlocks {

  private final TreeMap<Long, Recent> blocks = new TreeMap<>();
  private long bytes;

  /** A block without what was read from it: states and bodies would keep much else alive. */
  record Recent(long round, Hash hash, Certificate certificate, Bytes encoded) {}

  void add(CertifiedBlock<?> block) {
    var recent = new Recent(block.round(), block.hash(), block.certificate(), block.encoded());
    if (blocks.put(block.round(), recent) == null) {
      bytes += block.encoded().length();
    }
    while (blocks.size() > 1
        && (blocks.size() > LayerLimits.BLOCKS_KEPT_MAX
            || bytes > LayerLimits.BLOCK_BYTES_KEPT_MAX)) {
      bytes -= blocks.pollFirstEntry().getValue().encoded().length();
    }
  }

  Optional<Recent> get(long round) {
    return Optional.ofNullable(blocks.get(round));
  }

  Optional<Recent> newest() {
    return blocks.isEmpty() ? Optional.empty() : Optional.of(blocks.lastEntry().getValue());
  }
}
