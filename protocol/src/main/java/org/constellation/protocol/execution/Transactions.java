package org.constellation.protocol.execution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.chain.Body;
import org.constellation.protocol.chain.HalfBlock;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.StarId;
import org.constellation.protocol.state.DueEntry;
import org.constellation.protocol.state.Hold;
import org.constellation.protocol.state.ProposalRecord;
import org.constellation.protocol.state.ProposalRecord.End;
import org.constellation.protocol.state.StateEntry;

/**
 * Proposals and what answers them. A proposal in order is {@code HELD}; a settlement is always told
 * by its agreement's receipt, also where the agreement came first: then both receipts stand in one
 * block. An agreement that fails for want of funds leaves the hold as it is, so that the
 * counterparty may try again and the proposer may cancel.
 */
final class Transactions {

  /**
   * How long an expired proposal is remembered, in ticks from the block that says so: somebody who
   * answers a little late is told {@code PROPOSAL_EXPIRED}, not that his agreement waits.
   */
  static final long LATE_ANSWER_TICKS = 600;

  /**
   * How many entries whose time is over end in a block, beside one for each half-block that it
   * carries. What is left ends in the blocks that follow, so that stars cannot agree on one tick at
   * which a block becomes too large to be made. An end makes at most one receipt, of 72 bytes: 0.3
   * MiB in all. The half-blocks' share lets a busy ledger forget as fast as it learns. Of the 64
   * MiB that a block may have, its 65,536 half-blocks fill at most 32, up to three receipts for
   * each another 14, and what they let end 5.
   */
  static final int ENDS_MAX = 4_096;

  private final BlockContext block;
  private final Holdings holdings;

  /** Holds placed and agreements begun to wait in this block, oldest first. */
  private final Map<StarId, List<Hash>> placed = new LinkedHashMap<>();

  private final Map<StarId, List<Hash>> waiting = new LinkedHashMap<>();

  Transactions(BlockContext block) {
    this.block = block;
    this.holdings = new Holdings(block.edit);
  }

  /** How many entries a block with this content ends at most when it starts. */
  static int endsMax(GalaxyContent content) {
    var halfBlocks = 0;
    for (var checkpoint : content.checkpoints()) {
      for (var segment : checkpoint.body().segments()) {
        halfBlocks += segment.halfBlocks().size();
      }
    }
    return ENDS_MAX + halfBlocks;
  }

  /**
   * Start of the block: releases, lapses and forgets what has run out, the oldest first. What has
   * to wait for a later block keeps its place in the state, and funds that it holds, but takes no
   * effect any more: see {@link #known} and {@link #takeWaiting}.
   */
  void endWhatIsDue(int endsMax) {
    for (var due : block.edit.dueBefore(block.tick(), endsMax)) {
      switch (due) {
        case DueEntry.Proposal(_, var id) -> {
          if (block.edit.proposal(id).orElseThrow() instanceof Hold hold) {
            release(id, hold, End.EXPIRED, block.tick() + LATE_ANSWER_TICKS);
            block.tell(id, Outcome.EXPIRED, id);
          } else {
            block.edit.forget(id);
          }
        }
        case DueEntry.WaitingAgreement(_, var proposal, var star) -> lapse(proposal, star);
      }
    }
  }

  private void lapse(Hash proposal, StarId star) {
    block
        .edit
        .removeWaiting(proposal, star)
        .ifPresent(lapsed -> block.tell(lapsed.agreement(), Outcome.LAPSED, proposal));
  }

  /** What is remembered of a proposal, as if everything that is due had ended. */
  private Optional<ProposalRecord> known(Hash proposal) {
    var remembered = block.edit.proposal(proposal);
    if (remembered.isEmpty() || !isOver(remembered.get().until())) {
      return remembered;
    }
    return remembered
        .filter(Hold.class::isInstance)
        .map(overdue -> new ProposalRecord.Ended(End.EXPIRED, overdue.until()));
  }

  /** Ends an agreement's waiting; returns it if it may still take effect. */
  private Optional<StateEntry.Waiting> takeWaiting(Hash proposal, StarId star) {
    lapseIfOverdue(proposal, star);
    return block.edit.removeWaiting(proposal, star);
  }

  /** It lapses out of its turn, before somebody asks for its place. */
  private void lapseIfOverdue(Hash proposal, StarId star) {
    if (block.edit.waiting(proposal, star).filter(waiting -> isOver(waiting.until())).isPresent()) {
      lapse(proposal, star);
    }
  }

  private boolean isOver(long lastTick) {
    return lastTick < block.tick();
  }

  void propose(HalfBlock halfBlock, Body.Proposal proposal) {
    var id = halfBlock.id();
    var early = takeWaiting(id, proposal.counterparty());
    var rejection = place(halfBlock, proposal);
    block.tell(id, rejection.orElse(Outcome.HELD), id);
    if (rejection.isPresent()) {
      var expired = rejection.get() == Outcome.PROPOSAL_EXPIRED;
      block.edit.put(id, memory(proposal, expired));
      early.ifPresent(
          agreement ->
              block.tell(
                  agreement.agreement(), expired ? Outcome.PROPOSAL_EXPIRED : Outcome.NO_HOLD, id));
      return;
    }
    early.ifPresent(agreement -> settle(agreement.agreement(), id));
  }

  /** Holds what the proposer gives, or says why not. */
  private Optional<Outcome> place(HalfBlock halfBlock, Body.Proposal proposal) {
    var proposer = halfBlock.star();
    if (proposal.counterparty().equals(proposer)) {
      return Optional.of(Outcome.SELF_DEALING);
    }
    if (isOver(proposal.validUntil())) {
      return Optional.of(Outcome.PROPOSAL_EXPIRED);
    }
    if (proposal.validUntil() - block.tick() > block.parameters().validityTicksMax()) {
      return Optional.of(Outcome.VALIDITY_TOO_LONG);
    }
    if (block.edit.star(proposal.counterparty()).isEmpty()) {
      return Optional.of(Outcome.UNKNOWN_COUNTERPARTY);
    }
    return switch (Holdings.merge(proposal.legs())) {
      case Holdings.Merged.Overflow _ -> Optional.of(Outcome.AMOUNT_OVERFLOW);
      case Holdings.Merged.Amounts(var gives, var takes) -> {
        var hold = new Hold(proposer, proposal.counterparty(), gives, takes, proposal.validUntil());
        var rejection = holdings.hold(hold);
        if (rejection.isEmpty()) {
          block.edit.put(halfBlock.id(), hold);
          block.edit.put(proposer, block.edit.knownStar(proposer).withHolds(1));
          placed.computeIfAbsent(proposer, _ -> new ArrayList<>()).add(halfBlock.id());
        }
        yield rejection;
      }
    };
  }

  /** A rejected proposal is remembered too, so that its agreement is not left waiting. */
  private ProposalRecord memory(Body.Proposal proposal, boolean expired) {
    return expired
        ? new ProposalRecord.Ended(End.EXPIRED, block.tick() + LATE_ANSWER_TICKS)
        : new ProposalRecord.Ended(
            End.WITHOUT_EFFECT,
            Math.clamp(
                proposal.validUntil(),
                block.tick(),
                block.tick() + block.parameters().validityTicksMax()));
  }

  void agree(HalfBlock halfBlock, Hash proposal) {
    var known = known(proposal);
    if (known.isEmpty()) {
      await(halfBlock, proposal);
    } else if (!(known.get() instanceof Hold hold)) {
      block.tell(halfBlock.id(), noHold(known.get()), proposal);
    } else if (!hold.counterparty().equals(halfBlock.star())) {
      block.tell(halfBlock.id(), Outcome.NOT_COUNTERPARTY, proposal);
    } else {
      settle(halfBlock.id(), proposal);
    }
  }

  private void await(HalfBlock halfBlock, Hash proposal) {
    var star = halfBlock.star();
    lapseIfOverdue(proposal, star);
    if (block.edit.waiting(proposal, star).isPresent()) {
      block.tell(halfBlock.id(), Outcome.ALREADY_WAITING, proposal);
      return;
    }
    var until = block.tick() + block.parameters().waitingTicksMax();
    block.edit.putWaiting(proposal, star, new StateEntry.Waiting(halfBlock.id(), until));
    waiting.computeIfAbsent(star, _ -> new ArrayList<>()).add(proposal);
    block.tell(halfBlock.id(), Outcome.AGREEMENT_WAITING, proposal);
  }

  private void settle(Hash agreement, Hash proposal) {
    if (!(block.edit.proposal(proposal).orElseThrow() instanceof Hold hold)) {
      throw new IllegalStateException("settles what is not held");
    }
    var rejection = holdings.settle(hold);
    if (rejection.isEmpty()) {
      block.edit.put(proposal, new ProposalRecord.Ended(End.SETTLED, hold.validUntil()));
      block.edit.put(hold.proposer(), block.edit.knownStar(hold.proposer()).withHolds(-1));
    }
    block.tell(agreement, rejection.orElse(Outcome.SETTLED), proposal);
  }

  void refuse(HalfBlock halfBlock, Hash proposal) {
    var known = known(proposal);
    if (known.isEmpty()) {
      var withdrawn = takeWaiting(proposal, halfBlock.star());
      block.tell(
          halfBlock.id(), withdrawn.isPresent() ? Outcome.WITHDRAWN : Outcome.NO_HOLD, proposal);
      withdrawn.ifPresent(
          agreement -> block.tell(agreement.agreement(), Outcome.WITHDRAWN, proposal));
    } else if (!(known.get() instanceof Hold hold)) {
      block.tell(halfBlock.id(), noHold(known.get()), proposal);
    } else if (!hold.counterparty().equals(halfBlock.star())) {
      block.tell(halfBlock.id(), Outcome.NOT_COUNTERPARTY, proposal);
    } else {
      release(proposal, hold, End.WITHOUT_EFFECT, hold.validUntil());
      block.tell(halfBlock.id(), Outcome.REFUSED, proposal);
    }
  }

  void cancel(HalfBlock halfBlock, Hash proposal) {
    var known = known(proposal);
    if (known.isEmpty()) {
      block.tell(halfBlock.id(), Outcome.NO_HOLD, proposal);
    } else if (!(known.get() instanceof Hold hold)) {
      block.tell(halfBlock.id(), noHold(known.get()), proposal);
    } else if (!hold.proposer().equals(halfBlock.star())) {
      block.tell(halfBlock.id(), Outcome.NOT_PROPOSER, proposal);
    } else {
      release(proposal, hold, End.WITHOUT_EFFECT, hold.validUntil());
      block.tell(halfBlock.id(), Outcome.CANCELLED, proposal);
    }
  }

  private static Outcome noHold(ProposalRecord ended) {
    return switch (ended) {
      case Hold _ -> throw new IllegalStateException("it is held");
      case ProposalRecord.Ended(var end, _) ->
          switch (end) {
            case SETTLED -> Outcome.ALREADY_SETTLED;
            case WITHOUT_EFFECT -> Outcome.NO_HOLD;
            case EXPIRED -> Outcome.PROPOSAL_EXPIRED;
          };
    };
  }

  private void release(Hash proposal, Hold hold, End end, long rememberedUntil) {
    holdings.release(hold);
    block.edit.put(proposal, new ProposalRecord.Ended(end, rememberedUntil));
    block.edit.put(hold.proposer(), block.edit.knownStar(hold.proposer()).withHolds(-1));
  }

  /**
   * End of the block: a star may exceed its limits inside a block, and the newest beyond them are
   * released. Whatever exceeds a limit was placed in this block, since the one before kept to it.
   */
  void releaseBeyondLimits() {
    for (var star : placed.keySet()) {
      var own = block.edit.knownStar(star).openHoldsMax();
      releaseHolds(star, own > 0 ? own : block.parameters().openHoldsMax());
    }
    for (var star : waiting.keySet()) {
      var own = block.edit.knownStar(star).openHoldsMax();
      releaseWaiting(star, Math.max(own, block.parameters().waitingAgreementsMax()));
    }
  }

  private void releaseHolds(StarId star, int max) {
    var newestFirst = placed.getOrDefault(star, List.of()).reversed().iterator();
    while (block.edit.knownStar(star).openHolds() > max && newestFirst.hasNext()) {
      var id = newestFirst.next();
      if (block.edit.proposal(id).orElseThrow() instanceof Hold hold) {
        release(id, hold, End.WITHOUT_EFFECT, hold.validUntil());
        block.tell(id, Outcome.TOO_MANY_HOLDS, id);
      }
    }
  }

  private void releaseWaiting(StarId star, int max) {
    var newestFirst = waiting.getOrDefault(star, List.of()).reversed().iterator();
    while (block.edit.knownStar(star).waiting() > max && newestFirst.hasNext()) {
      var proposal = newestFirst.next();
      block
          .edit
          .removeWaiting(proposal, star)
          .ifPresent(
              released -> block.tell(released.agreement(), Outcome.TOO_MANY_WAITING, proposal));
    }
  }
}
