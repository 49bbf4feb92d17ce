package org.constellation.consensus.layer;

import org.constellation.protocol.crypto.Hash;

/** What became of a body that somebody sent. */
public sealed interface Offered {

  /**
   * Stored, and checked in all ways that need no state; or it had been.
   *
   * @param fresh whether it was not there before
   */
  record Held(Hash reference, boolean fresh) implements Offered {}

  /** Not stored. */
  record Refused(String reason) implements Offered {}
}
