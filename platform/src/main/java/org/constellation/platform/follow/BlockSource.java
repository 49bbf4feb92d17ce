package org.constellation.platform.follow;

import java.util.Optional;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;

/** Blocks that a process can hand out. Safe for use by several threads. */
@FunctionalInterface
public interface BlockSource {

  /**
   * @param hash of the header
   * @param encoded the whole block as it travels
   */
  record Stored(Hash hash, Bytes encoded) {}

  /** The block of a height; empty if it is not here. */
  Optional<Stored> block(long height);
}
