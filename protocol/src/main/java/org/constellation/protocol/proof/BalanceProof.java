package org.constellation.protocol.proof;

import java.util.List;
import java.util.Optional;
import org.constellation.protocol.Bytes;
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
 * certified block, not counting what was held. A star that had nothing has no entry in the state;
 * then the entry that stands where its own would be shows that.
 *
 * @param otherKey key of that other entry; empty if the balance has an entry
 * @param value canonical bytes of the entry met
 * @param steps the way from it to the header's root of the state
 * @param block the block after which that was the state
 */
public record BalanceProof(
    StarId star,
    AssetId asset,
    Bytes otherKey,
    Bytes value,
    List<StateProof.Step> steps,
    CertifiedHeader block) {

  /** Most steps: no two of a way have the same bit of a key. */
  public static final int STEPS_MAX = 96 * Byte.SIZE;

  public BalanceProof {
    steps = List.copyOf(steps);
    if (steps.size() > STEPS_MAX) {
      throw new IllegalArgumentException("no key has " + steps.size() + " bits");
    }
  }

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
    var present = Bytes.copyOf(shown.key()).equals(Bytes.copyOf(StateKey.balance(star, asset)));
    return new BalanceProof(
        star,
        asset,
        present ? Bytes.EMPTY : Bytes.copyOf(shown.key()),
        Bytes.copyOf(shown.value()),
        shown.steps(),
        block);
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
    var key = StateKey.balance(star, asset);
    var root = block.header().stateRoot();
    if (otherKey.length() > 0) {
      var shown = new StateProof(otherKey.toArray(), value.toArray(), steps);
      return shown.excludes(root, key) ? Optional.of(0L) : Optional.empty();
    }
    var shown = new StateProof(key, value.toArray(), steps);
    return shown.includes(root, key)
        ? LedgerState.provenBalance(value.toArray())
        : Optional.empty();
  }
}
