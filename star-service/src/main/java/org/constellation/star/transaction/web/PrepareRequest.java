package org.constellation.star.transaction.web;

import java.util.List;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.state.LedgerState;
import org.constellation.star.StarError;
import org.constellation.star.api.AssetRequest;
import org.constellation.star.api.Inputs;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the owner of a key wants to sign: a {@link TransactionRequest}, an answer to a transaction,
 * or the definition of an asset.
 *
 * @param type as for transactions, or {@code agree}, {@code refuse}, {@code cancel}, {@code define}
 * @param transaction that is answered
 * @param symbol of an asset to be defined
 */
record PrepareRequest(
    @Nullable String type,
    @Nullable String from,
    @Nullable String to,
    @Nullable List<TransactionRequest.LegRequest> legs,
    @Nullable JsonNode amount,
    @Nullable String asset,
    @Nullable String memo,
    @Nullable JsonNode validForTicks,
    @Nullable String transaction,
    @Nullable String symbol,
    @Nullable String name,
    @Nullable Integer decimals) {

  TransactionRequest proposal() {
    return new TransactionRequest(type, from, to, legs, amount, asset, memo, validForTicks);
  }

  /** The half-block's content. */
  Body body(LedgerState ledger) {
    var kind = type == null ? "pay" : type;
    return switch (kind) {
      case "agree" -> new Body.Agreement(answered());
      case "refuse" -> new Body.Refusal(answered());
      case "cancel" -> new Body.Cancellation(answered());
      case "define" -> new AssetRequest(symbol, name, decimals).definition();
      default -> {
        var offer = proposal().offer(ledger);
        yield new Body.Proposal(
            offer.counterparty(),
            offer.legs(),
            ledger.time().tick() + offer.validForTicks(),
            new Body.Memo(offer.memo()));
      }
    };
  }

  private Hash answered() {
    if (transaction == null) {
      throw StarError.MALFORMED_ID.because("The field transaction is missing.");
    }
    return Inputs.id(transaction);
  }
}
