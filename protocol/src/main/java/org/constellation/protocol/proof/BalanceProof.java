package org.constellation.protocol.proof;

import java.util.Optional;
import org.constellation.protocol.block.Genesis;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.SignatureVerifier;
import org.constellation.protocol.merkle.StateProof;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.LedgerState;
import org.constellation.protocol.state.StateKey;

/**
 * Everything that shows to a holder of the genesis file what a star had of an asset after a
 * certified block, not counting what was held.
 *
 * @param entry what the state has under the balance; a star that had nothing has no entry there
 * @param block the block after which that was the state
 */
public record BalanceProof(StarId star, AssetId asset, ShownEntry entry, CertifiedHeader block) {

  /** What a check finds. */
  public sealed interface Verdict permits Proven, Refuted {}

  /**
   * The balance is as the galaxy had it.
   *
   * @param amount in the asset's minor units
   * @param height of the galaxy block after which it was so
   * @param block hash of that block's header
   * @param timeMillis of that block
   * @param tick of that block
   */
  public record Proven(
      StarId star, AssetId asset, long amount, long height, Hash block, long timeMillis, long tick)
      implements Verdict {}

  /** Makes a proof of what the state after {@code block} shows under the balance's key. */
  public static BalanceProof of(
      StarId star, AssetId asset, StateProof shown, CertifiedHeader block) {
    return new BalanceProof(
        star, asset, ShownEntry.of(shown, StateKey.balance(star, asset)), block);
  }

  /** Checks all of it, the cheap parts first. */
  public Verdict check(Genesis genesis, SignatureVerifier verifier) {
    var amount = amountShown();
    if (amount.isEmpty()) {
      return new Refuted(Refuted.Reason.NOT_IN_STATE, "no such entry in this state");
    }
    var objection = block.objection(genesis, verifier);
    if (objection.isPresent()) {
      return objection.get();
    }
    var header = block.header();
    return new Proven(
        star,
        asset,
        amount.get(),
        header.height(),
        header.hash(),
        header.timeMillis(),
        header.tick());
  }

  private Optional<Long> amountShown() {
    if (!entry.isTrueOf(block.header().stateRoot(), StateKey.balance(star, asset))) {
      return Optional.empty();
    }
    return entry.isAbsence() ? Optional.of(0L) : LedgerState.provenBalance(entry.value().toArray());
  }
}
