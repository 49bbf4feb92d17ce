package org.constellation.blackhole.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as the ledger knows it.
 *
 * @param outcome HELD while it is open
 * @param decidedHeight block that ended it
 * @param receipts what the ledger said about it, in its order, at most {@link #RECEIPTS_MAX}; only
 *     where one transaction was asked for
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
    @Nullable Long decidedHeight,
    @Nullable List<ReceiptView> receipts) {

  /** Most receipts that are told: anybody may agree to a stranger's transaction, in vain. */
  public static final int RECEIPTS_MAX = 100;

  public TransactionView {
    legs = List.copyOf(legs);
    receipts = receipts == null ? null : List.copyOf(receipts);
  }

  /** The same with its receipts. */
  public TransactionView with(List<ReceiptView> itsReceipts) {
    return new TransactionView(
        id,
        proposer,
        counterparty,
        legs,
        memo,
        validUntil,
        outcome,
        proposedHeight,
        decidedHeight,
        itsReceipts);
  }

  /**
   * What a block says about one half-block.
   *
   * @param subject the half-block's id: the proposal's, or of an answer to it
   */
  public record ReceiptView(long height, int position, String subject, String outcome) {}

  /** One movement; amounts in minor units as text, since they may exceed what JSON readers hold. */
  public record LegView(String giver, String taker, String asset, String amount) {}
}
