package org.constellation.platform.observe;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.Segment;
import org.constellation.protocol.crypto.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The way of transactions through the services: a line in the log for every step, with the
 * transaction's id under one name, and a span where {@link TrailConfiguration} says so. Off unless
 * the logger {@value #LOGGER} is set to DEBUG or spans are wanted, since every transaction then
 * leaves some thirty lines in a small network.
 */
public final class TransactionTrail {

  /** What is set to DEBUG. */
  public static final String LOGGER = "constellation.trail";

  /** Name of the transaction's id in structured logs. */
  public static final String TRANSACTION = "constellation.transaction";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  /** By the services of this process. */
  private static final Map<String, TrailExport> EXPORTS = new ConcurrentHashMap<>();

  private TransactionTrail() {}

  /** Whether anybody wants to know: before anything is done for a line. */
  public static boolean isOn() {
    return LOG.isDebugEnabled() || !EXPORTS.isEmpty();
  }

  static void sendTo(String service, TrailExport export) {
    EXPORTS.put(service, export);
  }

  static void sendNoMore(String service, TrailExport export) {
    EXPORTS.remove(service, export);
  }

  /**
   * A transaction has come so far.
   *
   * @param step for instance {@code "final"}
   * @param place where: a round or height, 0 if there is none
   */
  public static void passed(Hash transaction, String step, long place) {
    var id = HexFormat.of().formatHex(transaction.toBytes());
    LOG.atDebug().addKeyValue(TRANSACTION, id).log(place == 0 ? "{}" : "{} at {}", step, place);
    var service = MDC.get(LogContext.SERVICE);
    var export = service == null ? null : EXPORTS.get(service);
    if (export != null) {
      export.passed(id, step, place);
    }
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
