package org.constellation.protocol.wire;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;

/**
 * Puts the chunks of one sender together. A sender of rubbish spoils nobody's blocks but its own,
 * so a reader keeps one assembly per sender.
 *
 * <p>Holds at most {@link #OPEN_MAX} unfinished blocks and {@link #BYTES_MAX} of them; the one
 * begun first gives way, and has to be sent again. Not safe for use by several threads.
 */
public final class BlockAssembly {

  /** Most unfinished blocks. */
  public static final int OPEN_MAX = 8;

  /** Most bytes of unfinished blocks: any one block fits. */
  public static final int BYTES_MAX = BlockChunk.TOTAL_MAX * BlockChunk.BYTES_MAX;

  private final Map<Name, TreeMap<Integer, Bytes>> open = new LinkedHashMap<>();
  private long bytesHeld;
  private long dropped;

  private record Name(long number, Hash block, int total) {}

  /**
   * Takes a chunk; one that is there already changes nothing.
   *
   * @return the encoded block if this was the last chunk missing. It is what the sender says it is:
   *     whether it is a block, and the one named, is for the caller to see
   */
  public Optional<Bytes> add(BlockChunk chunk) {
    var name = new Name(chunk.number(), chunk.block(), chunk.total());
    var parts = open.computeIfAbsent(name, _ -> new TreeMap<>());
    if (parts.putIfAbsent(chunk.index(), chunk.bytes()) != null) {
      return Optional.empty();
    }
    bytesHeld += chunk.bytes().length();
    if (parts.size() == chunk.total()) {
      forget(name);
      return Optional.of(Bytes.concatenation(parts.values()));
    }
    makeRoom(name);
    return Optional.empty();
  }

  /** How many unfinished blocks gave way so far. */
  public long dropped() {
    return dropped;
  }

  /** Bytes of unfinished blocks that are held. */
  public long bytesHeld() {
    return bytesHeld;
  }

  private void makeRoom(Name needed) {
    while (open.size() > OPEN_MAX || bytesHeld > BYTES_MAX) {
      var eldest = open.keySet().stream().filter(name -> !name.equals(needed)).findFirst();
      if (eldest.isEmpty()) {
        return;
      }
      forget(eldest.get());
      dropped++;
    }
  }

  /** The unfinished block that was begun first gives way, if there is one. */
  void dropEldest() {
    open.keySet().stream()
        .findFirst()
        .ifPresent(
            eldest -> {
              forget(eldest);
              dropped++;
            });
  }

  private void forget(Name name) {
    var parts = open.remove(name);
    if (parts != null) {
      bytesHeld -= parts.values().stream().mapToLong(Bytes::length).sum();
    }
  }
}
