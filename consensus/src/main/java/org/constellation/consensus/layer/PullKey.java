package org.constellation.consensus.layer;

import org.constellation.protocol.crypto.Hash;

/** The name of something that a member may lack. */
sealed interface PullKey {

  /** A payload by its digest. */
  record OfPayload(Hash digest) implements PullKey {}

  /** A body by its reference. */
  record OfBody(Hash reference) implements PullKey {}

  /** A certified block by its round. */
  record OfBlock(long round) implements PullKey {}
}
