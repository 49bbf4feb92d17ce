package org.constellation.protocol.invariant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.state.LedgerState;

/** Follows a ledger block by block from its genesis. Used by one thread. */
public final class LedgerAudit {

  private final ChainAccount chains;
  private final TransactionAccount transactions;
  private final ValueAccount values;

  /**
   * Starts at the genesis.
   *
   * @param verifier checks the signature over every executed half-block
   */
  public LedgerAudit(Genesis genesis, SignatureVerifier verifier) {
    this.chains = new ChainAccount(genesis, verifier);
    this.transactions = new TransactionAccount();
    this.values = new ValueAccount(genesis);
  }

  /**
   * Follows one block.
   *
   * @param after the state that its execution left behind
   * @return what is wrong with it; empty if all is well
   */
  public List<Violation> follow(GalaxyContent content, List<Receipt> receipts, LedgerState after) {
    var violations = new ArrayList<Violation>();
    var written = written(content);
    chains.follow(content, receipts, after, violations);
    transactions.follow(receipts, violations);
    values.follow(written, receipts, violations);
    return violations;
  }

  /** Compares the whole state with the account; costs as much as the state is large. */
  public List<Violation> compare(LedgerState state) {
    var violations = new ArrayList<Violation>();
    values.compare(state, violations);
    return violations;
  }

  private static Map<Hash, HalfBlock> written(GalaxyContent content) {
    var written = new LinkedHashMap<Hash, HalfBlock>();
    for (var checkpoint : content.checkpoints()) {
      for (var segment : checkpoint.body().segments()) {
        segment.halfBlocks().forEach(halfBlock -> written.put(halfBlock.id(), halfBlock));
      }
    }
    return written;
  }
}
