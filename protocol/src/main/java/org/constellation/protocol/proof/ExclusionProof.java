package org.constellation.protocol.proof;

import java.util.Optional;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.merkle.StateProof;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.ExclusionRecord;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StateKey;

/**
 * Everything that shows to a holder of the genesis file what kept a star out of elections after a
 * certified block, or that nothing ever did.
 *
 * @param entry what the state has under the star's exclusion
 * @param block the block after which that was the state
 */
public record ExclusionProof(StarId star, ShownEntry entry, CertifiedHeader block) {

  /** What a check finds. */
  public sealed interface Verdict permits Proven, Refuted {}

  /**
   * The exclusion is as the galaxy had it.
   *
   * @param exclusion of the star; absent if it was never convicted
   * @param height of the galaxy block after which it was so
   * @param block hash of that block's header
   * @param timeMillis of that block
   * @param tick of that block
   */
  public record Proven(
      StarId star,
      Optional<ExclusionRecord> exclusion,
      long height,
      Hash block,
      long timeMillis,
      long tick)
      implements Verdict {}

  /** Makes a proof of what the state after {@code block} shows under the star's exclusion. */
  public static ExclusionProof of(StarId star, StateProof shown, CertifiedHeader block) {
    return new ExclusionProof(star, ShownEntry.of(shown, StateKey.exclusion(star)), block);
  }

  /** Checks all of it, the cheap parts first. */
  public Verdict check(Genesis genesis, SignatureVerifier verifier) {
    var header = block.header();
    var exclusion =
        entry.isAbsence()
            ? Optional.<ExclusionRecord>empty()
            : LedgerState.provenExclusion(entry.value().toArray());
    if (entry.isAbsence() == exclusion.isPresent()
        || !entry.isTrueOf(header.stateRoot(), StateKey.exclusion(star))) {
      return new Refuted(Refuted.Reason.NOT_IN_STATE, "no such entry in this state");
    }
    var objection = block.objection(genesis, verifier);
    if (objection.isPresent()) {
      return objection.get();
    }
    return new Proven(
        star, exclusion, header.height(), header.hash(), header.timeMillis(), header.tick());
  }
}
