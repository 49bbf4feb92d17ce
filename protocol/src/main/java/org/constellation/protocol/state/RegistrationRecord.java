package org.constellation.protocol.state;

import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;

/**
 * A contract or composition on the ledger, under the id of the half-block that registered it; that
 * half-block has the manifest itself.
 *
 * @param codeHash of a contract's code, zeroes for a composition
 * @param manifestHash hash of the manifest's bytes
 */
public record RegistrationRecord(
    Kind kind, StarId star, String name, Hash codeHash, Hash manifestHash) implements StateEntry {

  /** What is registered; codes are those of the state. */
  public enum Kind {
    CONTRACT(1),
    COMPOSITION(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    /** The number that stands for it in the state. */
    int code() {
      return code;
    }
  }
}
