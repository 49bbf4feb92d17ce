package org.constellation.consensus.cluster;

import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;

/**
 * Why this member does not propose a half-block, for the verdicts topic.
 *
 * @param halfBlock id of the last half-block of the segment that was turned down
 * @param reason may be lifted by a later state, but for {@link Outcome#FORK}, {@link
 *     Outcome#BAD_SIGNATURE} and {@link Outcome#WRONG_NETWORK}
 */
public record Verdict(StarId star, long sequence, Hash halfBlock, Outcome reason) {}
