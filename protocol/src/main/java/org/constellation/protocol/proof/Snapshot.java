package org.constellation.protocol.proof;

import java.util.Optional;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.state.LedgerState;

/**
 * The whole state after a certified block: where a member or a service begins that does not want to
 * execute the ledger from its first block on.
 *
 * @param block whose state it is, as far as it says
 * @param state that is shown for it
 */
public record Snapshot(CertifiedHeader block, LedgerState state) {

  /** What is wrong with it, if anything. A state without objection is the galaxy's. */
  public Optional<Refuted> objection(Genesis genesis, SignatureVerifier verifier) {
    var header = block.header();
    if (state.height() != header.height() || !state.root().equals(header.stateRoot())) {
      return Refuted.because(
          Refuted.Reason.OTHER_STATE, "not the state of block " + header.height());
    }
    return block.objection(genesis, verifier);
  }
}
