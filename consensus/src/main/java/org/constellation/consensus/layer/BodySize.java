package org.constellation.consensus.layer;

/**
 * What bodies weigh against the limits of a payload; a function of their references alone, so all
 * members reckon alike.
 *
 * @param halfBlocks in them
 * @param bytes of them
 */
public record BodySize(int halfBlocks, long bytes) {

  /** Of no bodies. */
  public static final BodySize NONE = new BodySize(0, 0);

  BodySize plus(BodySize other) {
    return new BodySize(halfBlocks + other.halfBlocks, bytes + other.bytes);
  }

  boolean fitsPayload() {
    return halfBlocks <= LayerLimits.HALF_BLOCKS_NAMED_MAX
        && bytes <= LayerLimits.BODY_BYTES_NAMED_MAX;
  }
}
