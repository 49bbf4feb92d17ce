package org.constellation.blackhole.audit;

import java.util.List;
import org.constellation.blackhole.BlackholeLedgerApplication;
import org.constellation.blackhole.ledger.LedgerTables;
import org.constellation.platform.observe.LogContext;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.wire.GalaxyCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Audits what is stored, one audit at a time, beside everything else. Thread-safe. */
public final class StoreAudit {

  private static final Logger LOG = LoggerFactory.getLogger(StoreAudit.class);

  /**
   * How far an audit is.
   *
   * @param height of the last block that was checked
   * @param findings what is wrong; an audit ends at the first block that is
   */
  public record Progress(Stage stage, long height, List<String> findings) {
    public Progress {
      findings = List.copyOf(findings);
    }
  }

  /** Where an audit stands. */
  public enum Stage {
    NEVER_RUN,
    RUNNING,
    PASSED,
    FAILED
  }

  private final Genesis genesis;
  private final LedgerTables tables;
  private final SignatureVerifier verifier;
  private volatile Progress progress = new Progress(Stage.NEVER_RUN, 0, List.of());

  /** Reads {@code tables}. */
  public StoreAudit(Genesis genesis, LedgerTables tables, SignatureVerifier verifier) {
    this.genesis = genesis;
    this.tables = tables;
    this.verifier = verifier;
  }

  /** How far the latest audit is. */
  public Progress progress() {
    return progress;
  }

  /** Begins an audit, unless one runs. */
  public synchronized Progress begin() {
    if (progress.stage() != Stage.RUNNING) {
      progress = new Progress(Stage.RUNNING, 0, List.of());
      Thread.ofPlatform()
          .daemon()
          .name("blackhole-audit")
          .start(LogContext.of(BlackholeLedgerApplication.NAME, null, this::run));
    }
    return progress;
  }

  private void run() {
    try {
      check();
    } catch (RuntimeException e) {
      LOG.warn("An audit could not be finished", e);
      progress =
          new Progress(Stage.FAILED, progress.height(), List.of("not finished: " + e.getMessage()));
    }
  }

  private void check() {
    var audit = new ChainAudit(genesis, verifier);
    var newest = tables.newest().map(LedgerTables.Stored::height).orElse(0L);
    for (var height = 1L; height <= newest; height++) {
      var block =
          tables.block(height).flatMap(stored -> GalaxyCodec.decode(stored.encoded()).toOptional());
      var findings =
          block.isEmpty() ? List.of("block " + height + " is damaged") : audit.follow(block.get());
      if (!findings.isEmpty()) {
        progress = new Progress(Stage.FAILED, height, findings);
        return;
      }
      progress = new Progress(Stage.RUNNING, height, List.of());
    }
    var findings = audit.conclude();
    progress = new Progress(findings.isEmpty() ? Stage.PASSED : Stage.FAILED, newest, findings);
  }
}
