package org.constellation.platform.follow;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.wire.BlockAssemblies;
import org.constellation.protocol.wire.BlockAssembly;
import org.constellation.protocol.wire.BlockChunk;

/**
 * Puts chunks together, separately for each sender. Members of the committee, senders that have
 * brought a block of use, and strangers have room of their own each, and of many strangers the one
 * that came first gives way: keys cost nothing, and whoever has many of them must neither keep a
 * block from being put together nor fill the memory.
 */
final class ChunkIntake {

  /** Most strangers whose chunks are held. */
  static final int STRANGERS_MAX = 16;

  /** Most senders outside of the committee that count as useful; the first of them gives way. */
  static final int USEFUL_MAX = 16;

  /** Bytes of unfinished blocks of the whole committee. */
  static final long MEMBERS_BYTES_MAX = 2L * BlockAssembly.BYTES_MAX;

  /** Bytes of unfinished blocks of all useful senders; of all strangers, too. */
  static final long OTHERS_BYTES_MAX = BlockAssembly.BYTES_MAX;

  private final Predicate<PublicKey> committee;
  private final BlockAssemblies ofMembers = new BlockAssemblies(MEMBERS_BYTES_MAX);
  private final BlockAssemblies ofUseful = new BlockAssemblies(OTHERS_BYTES_MAX);
  private final BlockAssemblies ofStrangers = new BlockAssemblies(OTHERS_BYTES_MAX);
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
    if (committee.test(sender)) {
      ofMembers.retain(committee);
      return ofMembers.add(sender, chunk);
    }
    if (useful.contains(sender)) {
      return ofUseful.add(sender, chunk);
    }
    if (!ofStrangers.senders().contains(sender) && ofStrangers.senders().size() >= STRANGERS_MAX) {
      ofStrangers.forget(ofStrangers.senders().iterator().next());
    }
    return ofStrangers.add(sender, chunk);
  }

  /** What this sender brought was a certified block that was wanted. */
  void wasUseful(PublicKey sender) {
    if (!committee.test(sender) && useful.add(sender)) {
      ofStrangers.forget(sender);
      if (useful.size() > USEFUL_MAX) {
        var first = useful.iterator().next();
        useful.remove(first);
        ofUseful.forget(first);
      }
    }
  }

  /** Bytes of unfinished blocks that are held. */
  long bytesHeld() {
    return ofMembers.bytesHeld() + ofUseful.bytesHeld() + ofStrangers.bytesHeld();
  }
}
