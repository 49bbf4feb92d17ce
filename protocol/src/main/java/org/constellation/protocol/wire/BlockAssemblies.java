package org.constellation.protocol.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.PublicKey;

/**
 * Puts the chunks of several senders together, each sender's apart from the others'. They share the
 * room: when it is used up, whoever holds most of it loses the block that it began first. So no
 * sender loses a block that is not larger than the room divided by the senders, whatever the others
 * send. Not safe for use by several threads.
 */
public final class BlockAssemblies {

  private final long bytesMax;
  private final Map<PublicKey, BlockAssembly> assemblies = new LinkedHashMap<>();
  private long bytesHeld;

  /**
   * @param bytesMax most bytes of unfinished blocks, of all senders together
   * @throws IllegalArgumentException if there is no room for the largest block
   */
  public BlockAssemblies(long bytesMax) {
    if (bytesMax < BlockAssembly.BYTES_MAX) {
      throw new IllegalArgumentException("no room for a block of the largest size");
    }
    this.bytesMax = bytesMax;
  }

  /**
   * Takes a chunk.
   *
   * @return the encoded block if this was the last chunk missing, as {@link BlockAssembly#add} says
   */
  public Optional<Bytes> add(PublicKey sender, BlockChunk chunk) {
    var assembly = assemblies.computeIfAbsent(sender, _ -> new BlockAssembly());
    bytesHeld -= assembly.bytesHeld();
    var whole = assembly.add(chunk);
    bytesHeld += assembly.bytesHeld();
    while (bytesHeld > bytesMax) {
      shrink(largest(assembly));
    }
    return whole;
  }

  private BlockAssembly largest(BlockAssembly added) {
    var largest = added;
    for (var assembly : assemblies.values()) {
      if (assembly.bytesHeld() > largest.bytesHeld()) {
        largest = assembly;
      }
    }
    return largest;
  }

  private void shrink(BlockAssembly assembly) {
    bytesHeld -= assembly.bytesHeld();
    assembly.dropEldest();
    bytesHeld += assembly.bytesHeld();
  }

  /** Senders of chunks, in the order in which they came. */
  public Set<PublicKey> senders() {
    return Collections.unmodifiableSet(assemblies.keySet());
  }

  /** Bytes of unfinished blocks that are held. */
  public long bytesHeld() {
    return bytesHeld;
  }

  /** Drops what a sender has brought; it may begin anew. */
  public void forget(PublicKey sender) {
    var assembly = assemblies.remove(sender);
    if (assembly != null) {
      bytesHeld -= assembly.bytesHeld();
    }
  }

  /** Forgets all senders but those. */
  public void retain(Predicate<PublicKey> wanted) {
    assemblies.keySet().stream().filter(wanted.negate()).toList().forEach(this::forget);
  }
}
