package org.constellation.protocol.state;

import java.util.List;
import org.constellation.protocol.star.StarId;

/**
 * A proposal that waits for its counterparty. What the proposer gives has left its balance, but for
 * assets that it issues itself: those come into being when they move.
 *
 * @param gives from proposer to counterparty, one amount per asset, ascending by asset
 * @param takes from counterparty to proposer, one amount per asset, ascending by asset
 * @param validUntil last tick in which an agreement takes effect
 */
public record Hold(
    StarId proposer,
    StarId counterparty,
    List<ProposalRecord.Amount> gives,
    List<ProposalRecord.Amount> takes,
    long validUntil)
    implements ProposalRecord {

  public Hold {
    gives = List.copyOf(gives);
    takes = List.copyOf(takes);
  }

  @Override
  public long until() {
    return validUntil;
  }
}
