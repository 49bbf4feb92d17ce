package org.constellation.star.writer;

import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.star.transaction.Transaction;

/**
 * When the service agrees for a star of its own accord: to proposals in which the star gives
 * nothing. All others wait for their owner.
 */
final class Countersigning {

  private Countersigning() {}

  /**
   * Agrees if the policy says so, and if now is a good moment. Before the {@link Tip} it never is:
   * then what was passed over is looked through.
   */
  static void consider(Transaction transaction, Batch batch) {
    var party = batch.loadedParty(transaction.counterparty()).orElse(null);
    if (party == null
        || !batch.maySign()
        || !party.isCustodial()
        || transaction.progress().agreed()
        || transaction.status().isEnd()
        || transaction.takesFromCounterparty()
        || batch.tick() > transaction.validUntil()
        || batch.ledger().star(party.star()).isEmpty()) {
      return;
    }
    // An agreement that overtakes its proposal waits in the ledger, where room for it is limited;
    // beyond that, the executed proposal is the moment to agree.
    if (isExecuted(transaction, batch)
        || party.earlyAgreements() < batch.parameters().waitingAgreementsMax()) {
      agree(party, transaction, batch);
    }
  }

  /** Writes the agreement. */
  static HalfBlock agree(Party party, Transaction transaction, Batch batch) {
    var halfBlock = batch.write(party, new Body.Agreement(transaction.id()));
    if (!isExecuted(transaction, batch)) {
      party.agreedEarly();
    }
    batch.move(transaction, transaction.progress().withAgreement());
    return halfBlock;
  }

  private static boolean isExecuted(Transaction transaction, Batch batch) {
    return batch.ledger().proposal(transaction.id()).isPresent();
  }
}
