package org.constellation.blackhole.query;

import org.jspecify.annotations.Nullable;

/** A half-block that stands in the ledger, and what became of it. */
public record HalfBlockView(
    String id,
    String star,
    long sequence,
    long height,
    String kind,
    String outcome,
    @Nullable String transaction) {}
