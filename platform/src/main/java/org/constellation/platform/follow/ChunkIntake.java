package org.constellation.platform.follow;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.wire.BlockAssembly;
import org.constellation.protocol.wire.BlockChunk;

/**
 * Puts chunks together, separately for each sender. Of many senders the one that came first gives
 * way, but never one of the committee or one that has brought a block of use to a stranger: keys
 * cost nothing, and whoever has many of them must not keep a block from being put together.
 */
final class ChunkIntake {

  /** Most strangers whose chunks are held. */
  static final int STRANGERS_MAX = 16;

  /** Most senders outside of the committee that count as useful; the first of them gives way. */
  static final int USEFUL_MAX = 16;

  private final Predicate<PublicKey> committee;
  private final Map<PublicKey, BlockAssembly> members = new LinkedHashMap<>();
  private final Map<PublicKey, BlockAssembly> others = new LinkedHashMap<>();
  private final Set<PublicKey> useful = new LinkedHashSet<>();

  /**
   * @param committee whether a key is of a member of the committee now in force
   */
  ChunkIntake(Predicate<PublicKey> committee) {
    this.committee = committee;
  }

  Optional<Bytes> add(PublicKey sender, BlockChunk chunk) {
    if (chunk.total() == 1) {
      return Optional.of(chunk.bytes());
    }
    return assemblyOf(sender).add(chunk);
  }

  /** What this sender brought was a certified block that was wanted. */
  void wasUseful(PublicKey sender) {
    if (!committee.test(sender) && useful.add(sender) && useful.size() > USEFUL_MAX) {
      useful.remove(useful.iterator().next());
    }
  }

  private BlockAssembly assemblyOf(PublicKey sender) {
    if (committee.test(sender)) {
      members.keySet().removeIf(known -> !committee.test(known));
      return members.computeIfAbsent(sender, _ -> new BlockAssembly());
    }
    if (!others.containsKey(sender) && others.size() >= STRANGERS_MAX + USEFUL_MAX) {
      // There are fewer useful ones than places, so there is a stranger.
      others.keySet().stream()
          .filter(known -> !useful.contains(known))
          .findFirst()
          .ifPresent(others::remove);
    }
    return others.computeIfAbsent(sender, _ -> new BlockAssembly());
  }
}
