package org.constellation.consensus.layer;

/** Bounds that all members of a network share, or that keep one member's memory in bounds. */
public final class LayerLimits {

  /** Longest payload. A longer one is refused, and its proposer's broadcast never delivers. */
  public static final int PAYLOAD_BYTES_MAX = 1024 * 1024;

  /** Most half-blocks that the bodies named by one payload may have; more: as above. */
  public static final int HALF_BLOCKS_NAMED_MAX = 8_192;

  /** Most bytes of bodies that one payload may name; more: as above. */
  public static final int BODY_BYTES_NAMED_MAX = 8 * 1024 * 1024;

  /** Most checkpoints that one galaxy payload may name; more: as above. */
  public static final int CHECKPOINTS_NAMED_MAX = 1_024;

  /** Rounds above the newest block in which votes are taken; later ones only show who is ahead. */
  public static final int ROUNDS_AHEAD_MAX = 3;

  /** Most blocks without a certificate; the next round waits. */
  public static final int UNCERTIFIED_MAX = 2;

  /** Most items in one pull; more are asked for in the next. */
  public static final int PULL_ITEMS_MAX = 1_024;

  /** Most bytes of one answer; what does not fit is pulled again. */
  public static final int ANSWER_BYTES_MAX = 512 * 1024;

  /** Fewest bytes of a part, but for the last of a thing: whoever sends less is of no help. */
  public static final int PART_BYTES_MIN = ANSWER_BYTES_MAX / 2;

  /** Most bytes that one member is answered in a second; more pulls are ignored. */
  public static final int ANSWER_BYTES_PER_SECOND_MAX = 16 * 1024 * 1024;

  /** Most votes in one answer to a member that starts; together at most 192 KiB. */
  public static final int HELD_VOTES_MAX = 64;

  /** Longest body that is taken from a peer: a checkpoint with all its evidence. */
  public static final int BODY_BYTES_MAX = 13 * 1024 * 1024;

  /** Longest block that is taken from a peer. */
  public static final int BLOCK_BYTES_MAX = 64 * 1024 * 1024;

  /** Most open pulls, shared evenly among the members whose payloads need them. */
  public static final int PULLS_OPEN_MAX = 16_384;

  /**
   * Most bytes of bodies held in memory, but for those that open rounds need; these are bounded by
   * what payloads may name.
   */
  public static final long SHELF_BYTES_MAX = 256L * 1024 * 1024;

  /** Most recent blocks kept in memory for others to catch up from. */
  public static final int BLOCKS_KEPT_MAX = 256;

  /** Most bytes of those blocks; the oldest go first. */
  public static final long BLOCK_BYTES_KEPT_MAX = 16L * 1024 * 1024;

  private LayerLimits() {}
}
