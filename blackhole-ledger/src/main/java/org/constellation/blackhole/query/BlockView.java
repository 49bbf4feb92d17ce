package org.constellation.blackhole.query;

/** A galaxy block. Hashes in hexadecimal, time in milliseconds since 1970. */
public record BlockView(
    long height,
    String hash,
    String previous,
    long era,
    long timeMillis,
    long tick,
    String stateRoot,
    int halfBlocks,
    int receipts,
    int bytes) {}
