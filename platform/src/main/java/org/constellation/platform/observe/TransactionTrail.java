package org.constellation.platform.observe;

import java.util.HexFormat;
import java.util.List;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of transactions through the services in their logs: a line for every step, with the
 * transaction's id under one name. Off unless the logger {@value #LOGGER} is set to DEBUG, since
 * every transaction then leaves some twenty lines in a small network.
 */
public final class TransactionTrail {

  /** What is set to DEBUG. */
  public static final String LOGGER = "constellation.trail";

  /** Name of the transaction's id in structured logs. */
  public static final String TRANSACTION = "constellation.transaction";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  private TransactionTrail() {}

  /** Whether anybody wants to know: before anything is done for a line. */
  public static boolean isOn() {
    return LOG.isDebugEnabled();
  }

  /**
   * A transaction has come so far.
   *
   * @param step for instance {@code "final"}
   * @param place where: a round or height, 0 if there is none
   */
  public static void passed(Hash transaction, String step, long place) {
    LOG.atDebug()
        .addKeyValue(TRANSACTION, HexFormat.of().formatHex(transaction.toBytes()))
        .log(place == 0 ? "{}" : "{} at {}", step, place);
  }

  /** All transactions that half-blocks of these segments propose, answer or take back. */
  public static void passed(List<Segment> segments, String step, long place) {
    if (isOn()) {
      for (var segment : segments) {
        for (var halfBlock : segment.halfBlocks()) {
          switch (halfBlock.body()) {
            case Body.Proposal _ -> passed(halfBlock.id(), step + " proposal", place);
            case Body.Agreement(var proposal) -> passed(proposal, step + " agreement", place);
            case Body.Refusal(var proposal) -> passed(proposal, step + " refusal", place);
            case Body.Cancellation(var proposal) -> passed(proposal, step + " cancellation", place);
            case Body.AssetDefinition _,
                Body.ContractRegistration _,
                Body.CompositionRegistration _,
                Body.KeyChange _ -> {}
          }
        }
      }
    }
  }

  /** All transactions that receipts of a galaxy block concern. */
  public static void receipted(List<Receipt> receipts, String step, long height) {
    if (isOn()) {
      for (var receipt : receipts) {
        receipt
            .concerned()
            .ifPresent(transaction -> passed(transaction, step + " " + receipt.outcome(), height));
      }
    }
  }
}
