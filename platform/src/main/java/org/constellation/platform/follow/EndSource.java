package org.constellation.platform.follow;

import java.util.Optional;

/** Knows how far a member of the galaxy is. Safe for use by several threads. */
@FunctionalInterface
public interface EndSource {

  /** Of whoever is no such member. */
  EndSource NONE = Optional::empty;

  /** How far; empty while it cannot say. */
  Optional<GalaxyEnd> end();
}
