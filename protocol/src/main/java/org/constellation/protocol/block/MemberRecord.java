package org.constellation.protocol.block;

/**
 * What the agreed proposals of a round show of one member: food for its reputation.
 *
 * @param agreed its own proposal is among them
 * @param placed entries of its proposal that stand in the block
 * @param dropped entries of its proposal that do not
 * @param latenessMillis median of the lateness that they report of it; a hint
 */
public record MemberRecord(boolean agreed, int placed, int dropped, int latenessMillis) {}
