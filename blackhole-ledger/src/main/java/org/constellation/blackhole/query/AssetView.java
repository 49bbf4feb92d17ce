package org.constellation.blackhole.query;

import org.jspecify.annotations.Nullable;

/**
 * An asset with its figures, in minor units as text.
 *
 * @param issuer absent for no0s, which nobody issues
 * @param height of the block that defined it
 * @param supply what all holders have together, held amounts included: the issuer's liability
 * @param onHold the part of the supply that open proposals hold
 * @param difference zero, or CONSERVATION is broken
 */
public record AssetView(
    String asset,
    @Nullable String issuer,
    String symbol,
    String name,
    int decimals,
    long height,
    String supply,
    String onHold,
    String issued,
    String burnt,
    String difference) {}
