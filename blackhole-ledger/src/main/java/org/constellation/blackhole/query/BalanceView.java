package org.constellation.blackhole.query;

/** What a star has of an asset, in minor units as text. */
public record BalanceView(String star, String asset, String amount) {}
