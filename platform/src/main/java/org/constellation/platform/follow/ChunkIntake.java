package org.constellation.platform.follow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.wire.BlockAssembly;
import org.constellation.protocol.wire.BlockChunk;

/** Puts chunks together, separately for each sender; the sender that came first gives way. */
final class ChunkIntake {

  /** As many as a large committee has, and some keepers. */
  static final int SENDERS_MAX = 32;

  private final Map<PublicKey, BlockAssembly> senders = new LinkedHashMap<>();

  Optional<Bytes> add(PublicKey sender, BlockChunk chunk) {
    if (chunk.total() == 1) {
      return Optional.of(chunk.bytes());
    }
    if (!senders.containsKey(sender) && senders.size() >= SENDERS_MAX) {
      senders.remove(senders.keySet().iterator().next());
    }
    return senders.computeIfAbsent(sender, _ -> new BlockAssembly()).add(chunk);
  }
}
