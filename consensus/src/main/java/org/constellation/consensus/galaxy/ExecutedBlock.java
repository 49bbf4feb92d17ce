package org.constellation.consensus.galaxy;

import java.util.List;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.state.LedgerState;

/**
 * A galaxy block without its certificate, and what it made of the ledger.
 *
 * @param state after the block
 */
public record ExecutedBlock(
    GalaxyHeader header, GalaxyContent content, List<Receipt> receipts, LedgerState state) {

  public ExecutedBlock {
    receipts = List.copyOf(receipts);
  }

  /** As it goes to the blackhole. */
  public GalaxyBlock certifiedBy(Certificate certificate) {
    return new GalaxyBlock(header, certificate, content, receipts);
  }
}
