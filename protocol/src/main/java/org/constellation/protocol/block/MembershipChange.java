package org.constellation.protocol.block;

import org.constellation.protocol.star.StarId;

/** A star enters or leaves the live pool of candidates. */
public record MembershipChange(StarId star, Kind kind) {

  /** Which way. */
  public enum Kind {
    JOINED_POOL,
    LEFT_POOL
  }
}
