package org.constellation.protocol.invariant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.crypto.Hash;
import org.jspecify.annotations.Nullable;

/** ONCE: a transaction is held once and ends once, and settles only while it is held. */
final class TransactionAccount {

  private final Map<Hash, Outcome> standing = new HashMap<>();

  void follow(List<Receipt> receipts, List<Violation> violations) {
    for (var receipt : receipts) {
      switch (receipt.outcome()) {
        case HELD -> move(receipt, null, violations);
        case SETTLED, REFUSED, CANCELLED, EXPIRED, TOO_MANY_HOLDS ->
            move(receipt, Outcome.HELD, violations);
        case AGREEMENT_WAITING,
            LAPSED,
            RECORDED,
            WITHDRAWN,
            INSUFFICIENT_FUNDS,
            UNKNOWN_ASSET,
            UNKNOWN_COUNTERPARTY,
            PROPOSAL_EXPIRED,
            VALIDITY_TOO_LONG,
            NO_HOLD,
            ALREADY_SETTLED,
            AMOUNT_OVERFLOW,
            TOO_MANY_WAITING,
            NOT_COUNTERPARTY,
            NOT_PROPOSER,
            BAD_KEY_PROOF,
            ALREADY_WAITING,
            SELF_DEALING,
            WRONG_HOME,
            NOT_NEXT,
            WRONG_KEY,
            BAD_SIGNATURE,
            WRONG_NETWORK,
            FORK,
            DOUBLE_VOTE,
            TWO_HEADERS,
            STALE_COUNTER,
            ALREADY_HOME,
            UNKNOWN_CLUSTER,
            UNKNOWN_STAR,
            NOT_AT_HEAD,
            NO_PLAN,
            NOT_CANDIDATE,
            POOL_BUSY,
            TOO_FEW_CLUSTERS -> {}
      }
    }
  }

  private void move(Receipt receipt, @Nullable Outcome from, List<Violation> violations) {
    var before = standing.put(receipt.transaction(), receipt.outcome());
    if (before != from) {
      violations.add(
          new Violation(
              Violation.Invariant.ONCE,
              "transaction %s: %s after %s"
                  .formatted(receipt.transaction(), receipt.outcome(), before)));
    }
  }
}
