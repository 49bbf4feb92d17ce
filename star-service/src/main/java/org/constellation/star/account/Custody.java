package org.constellation.star.account;

import org.constellation.protocol.Bytes;
import org.constellation.protocol.star.StarId;

/** Keeps secrets: what leaves it can be stored anywhere. */
public interface Custody {

  /** Encrypts a star's 32 secret bytes under the service's master key, bound to that star. */
  Bytes seal(StarId star, byte[] seed);

  /**
   * What {@link #seal} was given.
   *
   * @throws IllegalStateException if it was sealed for another star or under another master key
   */
  byte[] open(StarId star, Bytes sealed);
}
