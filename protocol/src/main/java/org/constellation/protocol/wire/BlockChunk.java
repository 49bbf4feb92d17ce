package org.constellation.protocol.wire;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.crypto.Hash;

/**
 * Part of a block that is longer than one envelope may be: of a galaxy block, or of a certified
 * checkpoint.
 *
 * @param number the galaxy's height or the cluster's round
 * @param block hash of the block's header
 * @param index from 0
 * @param total how many chunks the block has
 * @param bytes every chunk but the last is full
 */
public record BlockChunk(long number, Hash block, int index, int total, Bytes bytes) {

  /** Length of a full chunk. */
  public static final int BYTES_MAX = 512 * 1024;

  /** Most chunks of one block. */
  public static final int TOTAL_MAX = GalaxyBlock.BYTES_MAX / BYTES_MAX;

  public BlockChunk {
    if (number < 0 || total < 1 || total > TOTAL_MAX || index < 0 || index >= total) {
      throw new IllegalArgumentException("no chunk " + index + " of " + total);
    }
    var isLast = index == total - 1;
    if (bytes.length() > BYTES_MAX || bytes.length() < (isLast ? 1 : BYTES_MAX)) {
      throw new IllegalArgumentException("no chunk has " + bytes.length() + " bytes");
    }
  }
}
