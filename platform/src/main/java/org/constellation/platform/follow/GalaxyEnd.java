package org.constellation.platform.follow;

import java.util.Optional;
import org.constellation.protocol.proof.CertifiedHeader;

/**
 * How far a member of the galaxy is: its newest certified block.
 *
 * @param newest empty if it has none yet
 */
public record GalaxyEnd(Optional<CertifiedHeader> newest) {

  /** Nothing but the genesis state. */
  public static final GalaxyEnd NO_BLOCK = new GalaxyEnd(Optional.empty());

  /** Of the newest block; 0 without one. */
  public long height() {
    return newest.map(block -> block.header().height()).orElse(0L);
  }
}
