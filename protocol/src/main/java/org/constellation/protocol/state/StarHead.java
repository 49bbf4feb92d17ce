package org.constellation.protocol.state;

import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;

/**
 * Where a star's chain ends, at some point of the ledger.
 *
 * @param home the cluster that orders what comes next
 * @param sequence of the head, 0 if the chain is empty
 * @param id of the head, zeroes if the chain is empty
 * @param key signs what comes next
 */
public record StarHead(int home, long sequence, Hash id, PublicKey key) {

  /** By a star's record. */
  public static StarHead of(StarRecord star) {
    return new StarHead(star.home(), star.sequence(), star.head(), star.key());
  }
}
