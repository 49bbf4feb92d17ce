package org.constellation.blackhole.audit;

import java.util.ArrayList;
import java.util.List;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.execution.UnexecutableBlock;
import org.constellation.protocol.invariant.LedgerAudit;
import org.constellation.protocol.proof.CertificateCheck;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.wire.GalaxyCodec;

/**
 * Follows a chain from its genesis with every check there is: links, certificates, each signature
 * over segments and notices, roots, receipts, and the invariants by an account of their own. Used
 * by one thread.
 */
public final class ChainAudit {

  private final SignatureVerifier verifier;
  private final LedgerAudit invariants;
  private LedgerState state;
  private Hash previous;

  /** Starts at the genesis. */
  public ChainAudit(Genesis genesis, SignatureVerifier verifier) {
    this.verifier = verifier;
    this.invariants = new LedgerAudit(genesis, verifier);
    this.state = LedgerState.genesis(genesis);
    this.previous = GalaxyHeader.genesisOf(genesis.network());
  }

  /** What is wrong with the next block; empty if all is well. After a finding, nothing more. */
  public List<String> follow(GalaxyBlock block) {
    var header = block.header();
    var findings = new ArrayList<String>();
    require(header.previous().equals(previous), "does not follow the block before", findings);
    require(header.height() == state.height() + 1, "is not of the next height", findings);
    require(
        CertificateCheck.check(block.certificate(), header.hash(), state.galaxyPlan(), verifier)
            instanceof CertificateCheck.Certified,
        "is not certified by the galaxy in force",
        findings);
    require(
        GalaxyCodec.contentRoot(block.content()).equals(header.contentRoot()),
        "has other content than its header says",
        findings);
    require(
        GalaxyCodec.receiptsRoot(block.receipts()).equals(header.receiptsRoot()),
        "has other receipts than its header says",
        findings);
    if (findings.isEmpty()) {
      execute(block, findings);
    }
    previous = header.hash();
    return findings.stream().map(what -> "block " + header.height() + " " + what).toList();
  }

  private void execute(GalaxyBlock block, List<String> findings) {
    var header = block.header();
    var time = new LedgerTime(header.timeMillis(), header.tick(), header.stepTimeMillis());
    try {
      var result =
          BlockExecution.execute(
              state,
              new BlockExecution.Input(header.height(), time, header.beacon(), block.content()),
              SegmentCheck.verifying(verifier));
      state = result.state();
      require(
          result.receipts().equals(block.receipts()),
          "gives other receipts when signatures are checked again",
          findings);
      require(state.root().equals(header.stateRoot()), "gives another state", findings);
      invariants
          .follow(block.content(), block.receipts(), state)
          .forEach(one -> findings.add("breaks " + one.invariant() + ": " + one.detail()));
    } catch (UnexecutableBlock e) {
      findings.add("cannot be executed: " + e.getMessage());
    }
  }

  /** What is wrong with the state as a whole. */
  public List<String> conclude() {
    return invariants.compare(state).stream()
        .map(one -> one.invariant() + " is broken: " + one.detail())
        .toList();
  }

  private static void require(boolean kept, String what, List<String> findings) {
    if (!kept) {
      findings.add(what);
    }
  }
}
