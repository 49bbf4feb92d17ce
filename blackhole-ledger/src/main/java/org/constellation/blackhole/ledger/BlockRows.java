package org.constellation.blackhole.ledger;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.StarRecord;

/**
 * Everything that one galaxy block changes in the tables.
 *
 * @param balances as they are after the block, of every star and asset that it may have touched
 */
public record BlockRows(
    GalaxyHeader header,
    Bytes encoded,
    List<Receipt> receipts,
    List<HalfBlockRow> halfBlocks,
    List<ProposalRow> proposals,
    List<DecisionRow> decisions,
    List<AssetRow> assets,
    List<StarRow> stars,
    List<BalanceRow> balances,
    List<EvidenceRow> evidence) {

  public BlockRows {
    receipts = List.copyOf(receipts);
    halfBlocks = List.copyOf(halfBlocks);
    proposals = List.copyOf(proposals);
    decisions = List.copyOf(decisions);
    assets = List.copyOf(assets);
    stars = List.copyOf(stars);
    balances = List.copyOf(balances);
    evidence = List.copyOf(evidence);
  }

  /**
   * A half-block that advanced its star's chain; in rare cases it did so in an earlier block,
   * stands here again, and had its transaction decided here.
   */
  public record HalfBlockRow(HalfBlock halfBlock, Receipt receipt) {}

  /** A proposal with what became of it at once. */
  public record ProposalRow(HalfBlock halfBlock, Body.Proposal proposal, Outcome outcome) {}

  /**
   * A later decision about a transaction.
   *
   * @param subject the half-block that decided, or the transaction itself
   */
  public record DecisionRow(Hash transaction, Outcome outcome, Hash subject) {}

  /** A new asset. */
  public record AssetRow(AssetId asset, StarId issuer, Body.AssetDefinition definition) {}

  /** A star as it is after the block. */
  public record StarRow(StarId star, StarRecord state) {}

  /** A balance as it is after the block. */
  public record BalanceRow(StarId star, AssetId asset, long amount) {}

  /**
   * Evidence that had an effect.
   *
   * @param position of the receipt that convicts, among those of the block
   * @param culprit the star, or the operational key
   * @param star that is to blame: the same, or the one that the member serves
   */
  public record EvidenceRow(int position, String kind, Bytes culprit, StarId star, Bytes encoded) {}
}
