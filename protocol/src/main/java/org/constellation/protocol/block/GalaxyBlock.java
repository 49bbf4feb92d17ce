package org.constellation.protocol.block;

import java.util.List;

/** A galaxy block with everything needed to execute it again: one entry of the blackhole. */
public record GalaxyBlock(
    GalaxyHeader header, Certificate certificate, GalaxyContent content, List<Receipt> receipts) {

  /** Longest encoding; whoever composes a block keeps below it. */
  public static final int BYTES_MAX = 64 * 1024 * 1024;

  public GalaxyBlock {
    receipts = List.copyOf(receipts);
  }
}
