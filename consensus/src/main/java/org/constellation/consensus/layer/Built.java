package org.constellation.consensus.layer;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;

/**
 * What came of building a block.
 *
 * @param <B> the layer's block
 */
public sealed interface Built<B> {

  /**
   * The one block that every correct member builds here.
   *
   * @param header exact bytes
   * @param hash of {@code header}
   */
  record Ready<B>(Bytes header, Hash hash, B block) implements Built<B> {}

  /**
   * Something must happen first; building is tried again with every input.
   *
   * @param reason for a reader of the health page
   */
  record Waits<B>(String reason) implements Built<B> {}

  /** A block that somebody sent is none, whoever certified it. */
  record Refused<B>(String reason) implements Built<B> {}
}
