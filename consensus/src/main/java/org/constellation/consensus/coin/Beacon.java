package org.constellation.consensus.coin;

import java.util.Optional;
import org.constellation.consensus.Fault;
import org.constellation.consensus.MemberIndex;
import org.constellation.consensus.Recall;
import org.constellation.consensus.Roster;
import org.constellation.consensus.Slot;
import org.constellation.consensus.SlotKind;
import org.constellation.consensus.Step;
import org.constellation.consensus.Vote;
import org.constellation.protocol.crypto.Hash;
import org.jspecify.annotations.Nullable;

/**
 * A round's randomness, for elections and draws: one toss of the common coin whose shares are
 * released only after the round's outcome is fixed. So nobody can choose the outcome by the
 * randomness, as could be done with a mere block hash.
 */
public final class Beacon {

  /** Where every beacon share belongs. */
  public static final Slot SLOT = new Slot(Slot.BEACON_INSTANCE, SlotKind.BEACON, 0);

  private final MemberIndex self;
  private final ShareTally shares;
  private boolean released;
  private @Nullable Hash value;

  /** The beacon of the round {@code scope}. */
  public Beacon(Roster roster, MemberIndex self, CommonCoin coin, CoinScope scope, Recall recall) {
    this.self = self;
    var toss = coin.toss(scope.name(SLOT.instance(), SLOT.step()));
    this.shares = new ShareTally(roster, self, toss, SLOT);
    recall
        .sent(SLOT)
        .ifPresent(
            share -> {
              shares.cast(self, share);
              released = true;
            });
  }

  /** Sends the recalled share again. The first call after a restart. */
  public Step<Hash> resume() {
    var step = new Step.Builder<Hash>();
    if (released) {
      step.vote(new Vote(SLOT, shares.of(self).orElseThrow()));
    }
    return step.build();
  }

  /** Releases this member's share, once. To be called when the round's outcome is fixed. */
  public Step<Hash> release() {
    if (released) {
      return Step.idle();
    }
    released = true;
    var step = new Step.Builder<Hash>();
    var share = shares.own();
    shares.cast(self, share);
    step.vote(new Vote(SLOT, share));
    conclude(step);
    return step.build();
  }

  /** Counts a share of {@code from}. */
  public Step<Hash> handle(MemberIndex from, Vote vote) {
    if (from.equals(self)) {
      return Step.idle();
    }
    var step = new Step.Builder<Hash>();
    if (!vote.slot().equals(SLOT)) {
      step.blame(new Fault.Invalid(from, vote.slot(), Fault.Reason.MALFORMED));
      return step.build();
    }
    switch (shares.cast(from, vote.value())) {
      case NEW -> conclude(step);
      case REPEATED -> {}
      case CONFLICTING ->
          step.blame(
              new Fault.Equivocated(from, SLOT, shares.of(from).orElseThrow(), vote.value()));
    }
    return step.build();
  }

  /** The randomness, once f+1 shares and this member's own are there. */
  public Optional<Hash> value() {
    return Optional.ofNullable(value);
  }

  private void conclude(Step.Builder<Hash> step) {
    if (released && value == null) {
      shares
          .outcome(step)
          .ifPresent(
              outcome -> {
                value = outcome;
                step.output(outcome);
              });
    }
  }
}
