package org.constellation.blackhole.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as the ledger knows it.
 *
 * @param outcome HELD while it is open
 * @param decidedHeight block that ended it
 */
public record TransactionView(
    String id,
    String proposer,
    String counterparty,
    List<LegView> legs,
    String memo,
    long validUntil,
    String outcome,
    long proposedHeight,
    @Nullable Long decidedHeight) {

  public TransactionView {
    legs = List.copyOf(legs);
  }

  /** One movement; amounts in minor units as text, since they may exceed what JSON readers hold. */
  public record LegView(String giver, String taker, String asset, String amount) {}
}
