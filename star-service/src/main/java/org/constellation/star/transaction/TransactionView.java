package org.constellation.star.transaction;

import java.util.List;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Leg;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as users read it.
 *
 * @param status see {@code docs/reference/transaction-status.md}
 * @param reason why it is rejected or expired, by its code; null otherwise
 * @param height of the galaxy block that ended it; null while it is open, and where facilitators'
 *     verdicts ended it
 * @param legs with amounts as texts, since not every reader's numbers hold 64 bits
 */
public record TransactionView(
    String id,
    TransactionStatus status,
    @Nullable Outcome reason,
    @Nullable Long height,
    String from,
    String to,
    long sequence,
    List<LegView> legs,
    String memo,
    long validUntil,
    String proposedAt) {

  /**
   * @param direction GIVE from proposer to counterparty, TAKE the other way
   */
  public record LegView(Leg.Direction direction, String asset, String amount) {}

  /** As it stands. */
  public static TransactionView of(Transaction transaction) {
    var progress = transaction.progress();
    return new TransactionView(
        transaction.id().toHex(),
        transaction.status(),
        progress.reason().orElse(null),
        progress.height() > 0 ? progress.height() : null,
        transaction.proposer().toString(),
        transaction.counterparty().toString(),
        transaction.sequence(),
        transaction.legs().stream().map(TransactionView::leg).toList(),
        transaction.memo(),
        transaction.validUntil(),
        transaction.proposedAt().toString());
  }

  private static LegView leg(Leg leg) {
    var asset = leg.asset().equals(AssetId.NO0S) ? AssetId.NO0S_SYMBOL : leg.asset().hash().toHex();
    return new LegView(leg.direction(), asset, Long.toString(leg.amount()));
  }
}
