package org.constellation.platform.follow;

import java.util.Optional;
import org.constellation.protocol.block.Certificate;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.envelope.Committee;
import org.constellation.protocol.execution.BlockExecution;
import org.constellation.protocol.execution.SegmentCheck;
import org.constellation.protocol.execution.UnexecutableBlock;
import org.constellation.protocol.proof.CertificateCheck;
import org.constellation.protocol.state.LedgerState;

/**
 * The chain as far as it was verified, and the check of what may come next. Owned by one worker.
 */
final class BlockCheck {

  private final SignatureVerifier verifier;
  private final SegmentCheck checks;
  private final Hash network;
  private long height;
  private Hash hash;
  private LedgerTime time;
  private EraPlan galaxy;
  private Optional<LedgerState> state;

  BlockCheck(FollowStart start, SignatureVerifier verifier) {
    this.verifier = verifier;
    // The certificate vouches for the signatures of segments and notices.
    this.checks = SegmentCheck.certified(verifier);
    this.network = start.network();
    this.height = start.height();
    this.hash = start.hash();
    this.time = start.time();
    this.galaxy = start.galaxy();
    this.state = start.state();
  }

  long height() {
    return height;
  }

  LedgerTime time() {
    return time;
  }

  EraPlan galaxy() {
    return galaxy;
  }

  /** Whether the committee in force has a member with this operational key. */
  boolean isMember(PublicKey key) {
    return galaxy.hasSeat(key);
  }

  Optional<LedgerState> state() {
    return state;
  }

  /** Whether the committee in force certified it, whatever its height. */
  boolean isCertified(GalaxyHeader header, Certificate certificate) {
    return header.network().equals(network)
        && header.era() == galaxy.era()
        && CertificateCheck.check(certificate, header.hash(), galaxy, verifier)
            instanceof CertificateCheck.Certified;
  }

  /** Examines a certified block of the next height; nothing changes before {@link #advance}. */
  BlockVerdict examine(GalaxyBlock block) {
    var header = block.header();
    if (!header.previous().equals(hash)) {
      return refuse(header, "does not follow ours");
    }
    if (header.timeMillis() <= time.timeMillis() || header.tick() < time.tick()) {
      return refuse(header, "goes back in time");
    }
    return state
        .map(before -> execute(before, block))
        .orElseGet(() -> new BlockVerdict.Accepted(Optional.empty()));
  }

  private BlockVerdict execute(LedgerState before, GalaxyBlock block) {
    var header = block.header();
    var parameters = before.parameters();
    var expected =
        before
            .time()
            .after(header.timeMillis(), parameters.tickMillis(), parameters.ticksPerBlockMax());
    var claimed = FollowStart.timeOf(header);
    if (!expected.equals(claimed)) {
      return refuse(header, "claims another ledger time than it leads to");
    }
    try {
      var result =
          BlockExecution.execute(
              before,
              new BlockExecution.Input(header.height(), claimed, header.beacon(), block.content()),
              checks);
      return compare(block, result);
    } catch (UnexecutableBlock e) {
      return refuse(header, "cannot be executed: " + e.getMessage());
    }
  }

  private static BlockVerdict compare(GalaxyBlock block, BlockExecution.Result result) {
    var header = block.header();
    if (!result.receipts().equals(block.receipts())) {
      return refuse(header, "has other receipts than its execution gives");
    }
    if (!result.state().root().equals(header.stateRoot())) {
      return refuse(header, "has another state root than its execution gives");
    }
    if (!result.membership().equals(header.membership())
        || !result.mint().equals(header.mint())
        || !result.eraPlans().equals(header.eraPlans())
        || !result.adoptedTables().equals(header.adoptedTables())) {
      return refuse(header, "announces other changes than its execution gives");
    }
    return new BlockVerdict.Accepted(Optional.of(result.state()));
  }

  private static BlockVerdict refuse(GalaxyHeader header, String why) {
    return new BlockVerdict.Refused(
        "block %d (%s) is certified but %s".formatted(header.height(), header.hash(), why));
  }

  /** Takes an accepted block as the chain's newest. */
  void advance(GalaxyHeader header, Optional<LedgerState> after) {
    height = header.height();
    hash = header.hash();
    time = FollowStart.timeOf(header);
    state = after;
    for (var plan : header.eraPlans()) {
      if (plan.committee().equals(Committee.GALAXY)) {
        galaxy = plan;
      }
    }
  }
}
