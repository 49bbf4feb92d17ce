package org.constellation.blackhole.query;

import org.jspecify.annotations.Nullable;

/**
 * What keeps a star out of committees.
 *
 * @param convictions of members that it serves, at most one for each committee and era
 * @param elections that it still has to sit out
 * @param since height of the block with the newest of these convictions; absent if there is none
 * @param height of the newest block, after which this is so
 */
public record ExclusionView(
    String star, int convictions, long elections, @Nullable Long since, long height) {}
